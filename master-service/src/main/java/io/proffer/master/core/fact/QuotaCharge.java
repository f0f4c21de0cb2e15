package io.proffer.master.core.fact;

import io.proffer.api.resource.Element;
import io.proffer.api.resource.Quantities;
import io.proffer.api.resource.Resources;
import io.proffer.api.resource.Roles;
import io.proffer.api.resource.Thousandths;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What quotas are charged with (allocator, section 2), by top-level role, that of its sub-roles
 * included: what is reserved, used or not, and what is used beside that. Revocable resources never
 * count. And what the cluster has to keep for guarantees.
 */
public final class QuotaCharge {
  private final SortedMap<String, SortedMap<String, Long>> consumed = new TreeMap<>();
  private final SortedMap<String, SortedMap<String, Long>> offered = new TreeMap<>();
  private final TreeMap<String, Long> capacity = new TreeMap<>();

  private QuotaCharge() {}

  /** That of these agents, each of which is looked at once. */
  public static QuotaCharge of(Iterable<Agent> agents) {
    var charge = new QuotaCharge();
    for (var agent : agents) {
      charge.addTotal(agent.total());
      charge.addUse(agent.allocated(), charge.consumed);
      charge.addUse(agent.offered(), charge.offered);
    }
    return charge;
  }

  /** What is reserved to the role, or used by it beside that. */
  public Quantities consumed(String role) {
    return Quantities.of(consumed.getOrDefault(role, new TreeMap<>()));
  }

  /** What the role is offered beside what is reserved. */
  public Quantities offered(String role) {
    return Quantities.of(offered.getOrDefault(role, new TreeMap<>()));
  }

  /** What all registered agents have that is not revocable. */
  public Quantities capacity() {
    return Quantities.of(capacity);
  }

  /** That part of resources which quotas are charged with when somebody has them. */
  public static Quantities countable(Resources resources) {
    var amounts = new TreeMap<String, Long>();
    for (var element : resources) {
      if (element.countsForQuota()) {
        add(amounts, element);
      }
    }
    return Quantities.of(amounts);
  }

  private void addTotal(Resources total) {
    for (var element : total) {
      if (!element.kind().revocable()) {
        add(capacity, element);
      }
      element
          .kind()
          .reservationRole()
          .ifPresent(role -> add(of(consumed, Roles.topLevel(role)), element));
    }
  }

  private void addUse(Resources resources, SortedMap<String, SortedMap<String, Long>> sums) {
    for (var element : resources) {
      if (element.countsForQuota()) {
        element.kind().allocation().ifPresent(role -> add(of(sums, Roles.topLevel(role)), element));
      }
    }
  }

  private static SortedMap<String, Long> of(
      SortedMap<String, SortedMap<String, Long>> sums, String role) {
    return sums.computeIfAbsent(role, none -> new TreeMap<>());
  }

  /** Ranges and sets have no thousandths, and are never charged. */
  private static void add(SortedMap<String, Long> amounts, Element element) {
    if (element.thousandths() > 0) {
      amounts.merge(element.name(), element.thousandths(), Thousandths::plus);
    }
  }
}
