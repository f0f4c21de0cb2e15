package io.proffer.api.acl;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rules, compiled. Of the rules of an action the first that is about both who asks and what for
 * decides: it allows, unless one of its sides is NONE. When there is none, {@code permissive} does
 * (lifecycle, section 11). Never changes; safe for any thread.
 */
public final class Acls {
  private static final Acls NONE = new Acls(true, Map.of());

  private final boolean permissive;
  private final Map<Action, List<Rule>> rules;

  /** Of actions without rules, whoever asks: the most frequent question by far. */
  private final Permit otherwise;

  /** One entry of a document. */
  record Rule(Entity principals, Entity objects) {
    boolean allows() {
      return !(principals instanceof Entity.None) && !(objects instanceof Entity.None);
    }
  }

  Acls(boolean permissive, Map<Action, List<Rule>> rules) {
    this.permissive = permissive;
    this.otherwise = new Permit(List.of(), permissive);
    var copy = new EnumMap<Action, List<Rule>>(Action.class);
    rules.forEach((action, list) -> copy.put(action, List.copyOf(list)));
    this.rules = Collections.unmodifiableMap(copy);
  }

  /** No rules: everything is allowed. */
  public static Acls none() {
    return NONE;
  }

  /**
   * Whether somebody may do something.
   *
   * @param principal who asks; empty where nobody was asked who they are
   * @param object what it is done to; empty when it is not known, or is no single one: only rules
   *     about ANY or NONE are about it
   */
  public boolean allows(Action action, Optional<String> principal, Optional<String> object) {
    return of(action, principal).allows(object);
  }

  /** What one principal may do to whatever objects. */
  Permit of(Action action, Optional<String> principal) {
    var all = rules.get(action);
    if (all == null) {
      return otherwise;
    }
    var about = all.stream().filter(rule -> rule.principals().matches(principal)).toList();
    return new Permit(about, permissive);
  }

  /** Those it has rules for that are not honoured yet, in the order of their names. */
  public List<Action> ignored() {
    return Arrays.stream(Action.values())
        .filter(action -> action.later().isPresent() && rules.containsKey(action))
        .toList();
  }

  /** Whether nothing is ever refused. */
  public boolean isEmpty() {
    return permissive && rules.isEmpty();
  }

  /** Without the rules: commands, which end up in traces, carry them. */
  @Override
  public String toString() {
    return "Acls[%d actions%s]".formatted(rules.size(), permissive ? "" : ", not permissive");
  }
}
