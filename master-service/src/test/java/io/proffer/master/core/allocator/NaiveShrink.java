package io.proffer.master.core.allocator;

import io.proffer.api.id.AgentId;
import io.proffer.api.resource.Element;
import io.proffer.api.resource.Resources;
import io.proffer.api.resource.ScalarAmount;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Takes of scalars no more than a target, in an order drawn for the agent and the run. */
final class NaiveShrink {
  private final long seed;
  private final AgentId agent;

  NaiveShrink(long seed, AgentId agent) {
    this.seed = seed;
    this.agent = agent;
  }

  /**
   * Each element is chopped to what remains of the target for its name; what cannot be divided is
   * taken whole or not at all.
   */
  Resources shrink(Resources scalars, ToLongFunction<String> target) {
    var order = Comparator.comparingLong(this::rank).thenComparing(e -> -e.thousandths());
    Map<String, Long> left = new TreeMap<>();
    var kept = Resources.empty();
    for (var element : scalars.stream().sorted(order).toList()) {
      long before = left.computeIfAbsent(element.name(), target::applyAsLong);
      long taken = Math.min(before, element.thousandths());
      if (taken < element.thousandths() && !element.kind().isDivisible()) {
        taken = 0;
      }
      left.put(element.name(), before - taken);
      kept = kept.plus(of(element.withAmount(new ScalarAmount(taken))));
    }
    return kept;
  }

  /** Of its kind: how much there is of it says nothing. */
  private long rank(Element element) {
    var kind = element.withAmount(new ScalarAmount(1));
    return KeyedHash.rank(seed, KeyedHash.of(agent.value() + '|' + kind));
  }

  private static Resources of(Element element) {
    return Resources.of(List.of(element.message()));
  }
}
