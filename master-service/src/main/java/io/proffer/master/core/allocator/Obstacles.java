package io.proffer.master.core.allocator;

import io.proffer.api.id.AgentId;
import io.proffer.master.core.fact.Finding;
import io.proffer.master.core.fact.Reason;
import java.time.Instant;
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
    private final SortedMap<String, Integer> counts = new TreeMap<>();
    private End first;
    private End last;
  }

  /**
   * When a reason ceases to hold for an agent.
   *
   * @param nanosLeft from when that was found
   * @param at the same by the clock on the wall
   */
  record End(long nanosLeft, Instant at) {
    private String words() {
      return String.format(Locale.ROOT, "%.1fs", nanosLeft / 1e9);
    }
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

  /** The reason ends then for an agent; of many agents the first and the last end are told. */
  void ends(Reason reason, End end) {
    var group = group(reason);
    if (group.first == null || end.nanosLeft() < group.first.nanosLeft()) {
      group.first = end;
    }
    if (group.last == null || end.nanosLeft() > group.last.nanosLeft()) {
      group.last = end;
    }
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

  /** This belongs to the reason for one more agent; there are few names. */
  void count(Reason reason, String name) {
    group(reason).counts.merge(name, 1, Integer::sum);
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
    group.counts.forEach((name, count) -> details.put(name, String.valueOf(count)));
    if (group.first != null) {
      tell(group.first, group.last, details);
    }
    return Finding.of(reason, group.agents, List.copyOf(group.examples), details);
  }

  /** Exactly when, if it is the same for all; else from the soonest to the latest. */
  private static void tell(End first, End last, Map<String, String> details) {
    var soonest = first.words();
    var latest = last.words();
    var words = soonest.equals(latest) ? soonest : soonest + " to " + latest;
    details.put("for", words + " more");
    if (first.equals(last)) {
      details.put("until", first.at().toString());
    }
  }

  private static String listed(Set<String> values) {
    var listed = values.stream().limit(LISTED).collect(Collectors.joining(", "));
    return values.size() > LISTED ? listed + " and more" : listed;
  }
}
