package io.proffer.master.core.allocator;

import io.proffer.api.id.AgentId;
import io.proffer.master.core.fact.Finding;
import io.proffer.master.core.fact.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Gathers reasons, agent by agent, into findings a person can read. */
final class Obstacles {
  /** How many names, roles or amounts one detail lists. */
  static final int LISTED = 5;

  private static final class Group {
    private int agents;
    private final TreeSet<AgentId> examples = new TreeSet<>();
    private final SortedMap<String, TreeSet<String>> details = new TreeMap<>();
    private final SortedMap<String, Long> longest = new TreeMap<>();
  }

  private final Map<Reason, Group> groups = new EnumMap<>(Reason.class);

  /** The reason holds for one more agent. Returns how many these are. */
  int add(Reason reason, AgentId agent) {
    var group = group(reason);
    group.agents++;
    group.examples.add(agent);
    if (group.examples.size() > Finding.EXAMPLES) {
      group.examples.pollLast();
    }
    return group.agents;
  }

  /** A time that belongs to a reason; the longest one is told. */
  void atMost(Reason reason, String name, long nanos) {
    group(reason).longest.merge(name, Math.max(0, nanos), Math::max);
  }

  /** The reason holds whatever the agent; there are so many. */
  void addForAll(Reason reason, int agents) {
    group(reason).agents = agents;
  }

  /** A number or name that belongs to a reason; of many a few are kept. */
  void detail(Reason reason, String name, String value) {
    var values = group(reason).details.computeIfAbsent(name, n -> new TreeSet<>());
    if (values.size() <= LISTED) {
      values.add(value);
    }
  }

  private Group group(Reason reason) {
    return groups.computeIfAbsent(reason, r -> new Group());
  }

  /** Most agents first. */
  List<Finding> findings() {
    var findings = new ArrayList<Finding>();
    groups.forEach((reason, group) -> findings.add(finding(reason, group)));
    findings.sort(Comparator.comparingInt((Finding finding) -> -finding.agents()));
    return findings;
  }

  private static Finding finding(Reason reason, Group group) {
    var details = new TreeMap<String, String>();
    group.details.forEach((name, values) -> details.put(name, listed(values)));
    group.longest.forEach(
        (name, nanos) ->
            details.put(name, String.format(Locale.ROOT, "%.1fs more at most", nanos / 1e9)));
    return Finding.of(reason, group.agents, List.copyOf(group.examples), details);
  }

  private static String listed(Set<String> values) {
    var listed = values.stream().limit(LISTED).collect(Collectors.joining(", "));
    return values.size() > LISTED ? listed + " and more" : listed;
  }
}
