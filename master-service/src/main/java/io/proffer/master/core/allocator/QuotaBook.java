package io.proffer.master.core.allocator;

import io.proffer.api.resource.Resources;
import io.proffer.api.resource.Roles;
import io.proffer.master.core.fact.Quota;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sums that quota rests on, kept as things change: what is charged to each top-level role, what
 * all guarantees together still miss (required headroom), what of the cluster is free for it
 * (available headroom). See allocator, sections 2 and 4.
 */
final class QuotaBook {
  /** Between runs. */
  static final long NO_RUN = -1;

  /** Sums of thousands of guarantees still fit a long; no cluster has so much of anything. */
  private static final long LARGEST = 1L << 50;

  private final ClusterTotal names;
  private final Map<String, Charge> charges = new LinkedHashMap<>();

  /** Unreserved, non-revocable scalars that are neither offered nor used. */
  private final Amounts free = new Amounts();

  private final Amounts required = new Amounts();
  private int quotas;

  private long run = NO_RUN;

  QuotaBook(ClusterTotal names) {
    this.names = names;
  }

  /** What counts for the top-level role this role is or lies below. */
  Charge chargeOf(String role) {
    return charges.computeIfAbsent(Roles.topLevel(role), Charge::new);
  }

  /** The same, if anything is known of it. */
  Optional<Charge> find(String topLevelRole) {
    return Optional.ofNullable(charges.get(topLevelRole));
  }

  Collection<Charge> all() {
    return Collections.unmodifiableCollection(charges.values());
  }

  /** Whether any role has a quota. */
  boolean hasQuotas() {
    return quotas > 0;
  }

  /** Quotas of these roles from now on. */
  void set(List<Quota> changed) {
    for (var quota : changed) {
      var charge = chargeOf(quota.role());
      for (int name = 0; name < charge.guaranteedNames(); name++) {
        required.add(name, -charge.missing(name));
      }
      quotas -= charge.hasQuota() ? 1 : 0;
      charge.setQuota(guarantees(quota), limits(quota));
      quotas += charge.hasQuota() ? 1 : 0;
      renew(charge);
      tidy(charge);
    }
  }

  private long[] guarantees(Quota quota) {
    var amounts = new Amounts();
    int size = 0;
    for (int i = 0; i < quota.guarantees().size(); i++) {
      int name = names.number(quota.guarantees().name(i));
      amounts.add(name, Math.min(quota.guarantees().amount(i), LARGEST));
      size = Math.max(size, name + 1);
    }
    var byNumber = new long[size];
    Arrays.setAll(byNumber, amounts::get);
    return byNumber;
  }

  private long[] limits(Quota quota) {
    int size = 0;
    for (var name : quota.limits().keySet()) {
      size = Math.max(size, names.number(name) + 1);
    }
    var byNumber = new long[size];
    Arrays.fill(byNumber, Charge.UNLIMITED);
    quota.limits().forEach((name, limit) -> byNumber[names.number(name)] = limit);
    return byNumber;
  }

  /** Counts the reservations of an agent's total so many times. */
  void countReservations(Resources total, int times) {
    for (var element : total) {
      var role = element.kind().reservationRole();
      if (role.isPresent()) {
        var charge = chargeOf(role.get());
        charge.amounts().add(element, times, names);
        renew(charge);
        tidy(charge);
      }
    }
  }

  /** Counts something a client of the role is offered or uses so many times. */
  void countUse(Charge charge, Resources resources, int times) {
    charge.amounts().addUnreserved(resources, times, names);
  }

  /** Counts something an agent has left so many times. */
  void countFree(Resources available, int times) {
    free.addUnreserved(available, times, names);
  }

  /** What changes from now on changes in the middle of this run; not what it only thinks of. */
  void changesIn(long number) {
    run = number;
  }

  /** What is charged changed: computes what of the guarantees is missing. */
  void renew(Charge charge) {
    charge.noteChange();
    for (int name = 0; name < charge.guaranteedNames(); name++) {
      long change = charge.renewMissing(name);
      if (change != 0) {
        required.add(name, change);
      }
      if (change > 0 && run != NO_RUN) {
        charge.noteFall(run);
      }
    }
  }

  /** Drops what says nothing. */
  void tidy(Charge charge) {
    if (!charge.hasQuota() && charge.amounts().isZero() && charge.roles().isEmpty()) {
      charges.remove(charge.role(), charge);
    }
  }

  /** Whether anything must be left free for guarantees. */
  boolean anyRequired() {
    if (quotas > 0) {
      for (int name = 0; name < names.names(); name++) {
        if (required.get(name) > 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** What must be left free for guarantees. */
  long required(int name) {
    return required.get(name);
  }

  /** What is free over and above what must be left for guarantees. */
  long surplus(int name) {
    return Math.max(0, free.get(name) - required.get(name));
  }
}
