package io.proffer.api.acl;

import io.proffer.api.flags.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads rules in the reference's JSON: {@code {"permissive": true, "run_tasks": [{"principals":
 * {"values": ["ann"]}, "users": {"type": "ANY"}}]}}. Strict: a rule that is not understood would
 * not protect what it was written for.
 */
public final class AclDocument {
  private static final String PERMISSIVE = "permissive";
  private static final String PRINCIPALS = "principals";
  private static final String ENTITY =
      "expected {\"values\": [\"a\", ...]}, {\"type\": \"ANY\"} or {\"type\": \"NONE\"}";
  private static final String WHOLE = "expected {\"type\": \"ANY\"} or {\"type\": \"NONE\"}";

  /** What rules about paths can be about; the last two are our own. */
  static final Set<String> PATHS =
      new TreeSet<>(
          List.of(
              "/containers",
              "/containerizer/debug",
              "/files/debug",
              "/logging/toggle",
              "/metrics/snapshot",
              "/monitor/statistics",
              "/metrics/prometheus",
              "/credentials/reload"));

  private static final Map<String, Action> ACTIONS =
      Arrays.stream(Action.values())
          .collect(
              Collectors.toMap(Action::key, action -> action, (a, b) -> a, LinkedHashMap::new));

  private AclDocument() {}

  /**
   * Compiles a document.
   *
   * @throws AclFormatException with the place of the first thing that is wrong
   */
  public static Acls parse(String text) throws AclFormatException {
    var permissive = true;
    var rules = new EnumMap<Action, List<Acls.Rule>>(Action.class);
    for (var member : AclJson.read(text).entrySet()) {
      var name = member.getKey();
      if (name.equals(PERMISSIVE)) {
        permissive = truth(member.getValue());
      } else {
        var action = ACTIONS.get(name);
        if (action == null) {
          throw new AclFormatException(
              "", "unknown member '" + name + "'." + hint(name, ACTIONS.keySet()));
        }
        rules.put(action, rules(action, member.getValue()));
      }
    }
    return new Acls(permissive, rules);
  }

  private static boolean truth(Object value) throws AclFormatException {
    if (value instanceof Boolean given) {
      return given;
    }
    throw new AclFormatException(PERMISSIVE, "expected true or false, but got " + shown(value));
  }

  private static List<Acls.Rule> rules(Action action, Object value) throws AclFormatException {
    if (!(value instanceof List<?> list)) {
      throw new AclFormatException(
          action.key(), "expected a list of rules, but got " + shown(value));
    }
    var rules = new ArrayList<Acls.Rule>();
    for (var i = 0; i < list.size(); i++) {
      rules.add(rule(action, action.key() + "[" + i + "]", list.get(i)));
    }
    return rules;
  }

  private static Acls.Rule rule(Action action, String place, Object value)
      throws AclFormatException {
    var members = object(place, value, List.of(PRINCIPALS, action.object()));
    for (var wanted : List.of(PRINCIPALS, action.object())) {
      if (!members.containsKey(wanted)) {
        throw new AclFormatException(
            place,
            "expected '%s' and '%s', but '%s' is missing"
                .formatted(PRINCIPALS, action.object(), wanted));
      }
    }
    var principals =
        entity(Action.Objects.NAMES, place + "." + PRINCIPALS, members.get(PRINCIPALS));
    var objects =
        entity(action.objects(), place + "." + action.object(), members.get(action.object()));
    return new Acls.Rule(principals, objects);
  }

  private static Entity entity(Action.Objects objects, String place, Object value)
      throws AclFormatException {
    var members = object(place, value, List.of("type", "values"));
    var type = members.containsKey("type") ? members.get("type") : "SOME";
    var entity =
        switch (type instanceof String text ? text : "") {
          case "ANY" -> Optional.<Entity>of(new Entity.Any());
          case "NONE" -> Optional.<Entity>of(new Entity.None());
          case "SOME" -> Optional.<Entity>empty();
          default ->
              throw new AclFormatException(
                  place + ".type", "expected ANY, NONE or SOME, but got " + shown(type));
        };
    if (entity.isPresent()) {
      if (members.containsKey("values")) {
        // The reference lets type win, and forgets the values without a word.
        throw new AclFormatException(
            place, "expected either 'values' or type " + type + ", but got both: leave one out");
      }
      return entity.get();
    }
    if (objects == Action.Objects.WHOLE) {
      throw new AclFormatException(place, WHOLE + ", for it is one thing and has no parts to name");
    }
    return some(objects, place, members.get("values"));
  }

  private static Entity some(Action.Objects objects, String place, Object value)
      throws AclFormatException {
    if (!(value instanceof List<?> list) || list.isEmpty()) {
      throw new AclFormatException(
          place, ENTITY + ", but " + (value == null ? "there is none" : "got " + shown(value)));
    }
    var values = new TreeSet<String>();
    var below = new TreeSet<String>();
    for (var i = 0; i < list.size(); i++) {
      var at = place + ".values[" + i + "]";
      if (!(list.get(i) instanceof String text)) {
        throw new AclFormatException(at, "expected text, but got " + shown(list.get(i)));
      }
      if (objects == Action.Objects.PATHS && !PATHS.contains(text)) {
        throw new AclFormatException(
            at, "expected one of %s, but got %s".formatted(String.join(", ", PATHS), shown(text)));
      }
      if (objects == Action.Objects.ROLES && text.endsWith("/%")) {
        below.add(text.substring(0, text.length() - "/%".length()));
      } else {
        values.add(text);
      }
    }
    return new Entity.Some(values, below);
  }

  private static Map<?, ?> object(String place, Object value, List<String> known)
      throws AclFormatException {
    if (!(value instanceof Map<?, ?> members)) {
      throw new AclFormatException(
          place,
          "expected an object with %s, but got %s"
              .formatted(String.join(" and ", known), shown(value)));
    }
    for (var name : members.keySet()) {
      if (!known.contains(name)) {
        throw new AclFormatException(
            place, "unknown member '" + name + "'." + hint(name.toString(), known));
      }
    }
    return members;
  }

  private static String hint(String given, Collection<String> names) {
    var all = new ArrayList<>(names);
    return Suggestion.closest(given, all)
        .map(close -> " Did you mean '" + close + "'?")
        .orElse(all.size() > 2 ? "" : " Known are " + String.join(" and ", all) + ".");
  }

  private static String shown(Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> "'" + text + "'";
      case List<?> list -> list.isEmpty() ? "an empty list" : "a list";
      case Map<?, ?> map -> "an object";
      default -> value.toString();
    };
  }
}
