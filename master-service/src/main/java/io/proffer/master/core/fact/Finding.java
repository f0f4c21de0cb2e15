package io.proffer.master.core.fact;

import io.proffer.api.id.AgentId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

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

  public Finding {
    examples = List.copyOf(examples);
    details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
  }

  /** The same for somebody who may not see the roles of others. */
  public Finding withoutOthers() {
    return reason.isAboutOthers()
        ? new Finding(reason, agents, examples, Collections.emptySortedMap(), reason.sentence())
        : this;
  }
}
