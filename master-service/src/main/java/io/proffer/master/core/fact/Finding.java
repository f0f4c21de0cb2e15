package io.proffer.master.core.fact;

import io.proffer.api.id.AgentId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One reason, for all agents it holds for.
 *
 * @param agents how many they are
 * @param examples ids of at most {@link #EXAMPLES} of them, ascending
 * @param details numbers and names for people: until when, which resources, behind whom
 * @param sentence what it means, for people
 */
public record Finding(
    Reason reason,
    int agents,
    List<AgentId> examples,
    SortedMap<String, String> details,
    String sentence) {
  /** How many agents are named at most. */
  public static final int EXAMPLES = 10;

  /** The detail that is the id of a framework, of another one than was asked about. */
  public static final String FRAMEWORK_IN_FRONT = "framework in front";

  public Finding {
    examples = List.copyOf(examples);
    details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
  }

  /** One whose sentence tells its details. */
  public static Finding of(
      Reason reason, int agents, List<AgentId> examples, SortedMap<String, String> details) {
    var sentence =
        details.isEmpty()
            ? reason.sentence()
            : details.entrySet().stream()
                .map(detail -> detail.getKey() + ": " + detail.getValue())
                .collect(Collectors.joining("; ", reason.sentence() + " (", ")"));
    return new Finding(reason, agents, examples, details, sentence);
  }

  /** The same for somebody who may not see the frameworks of others. */
  public Finding withoutOtherFrameworks() {
    if (!details.containsKey(FRAMEWORK_IN_FRONT)) {
      return this;
    }
    var seen = new TreeMap<>(details);
    seen.remove(FRAMEWORK_IN_FRONT);
    return of(reason, agents, examples, seen);
  }

  /** The same for somebody who may not see the roles of others. */
  public Finding withoutOthers() {
    return reason.isAboutOthers()
        ? of(reason, agents, examples, Collections.emptySortedMap())
        : this;
  }
}
