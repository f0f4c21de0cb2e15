package io.proffer.master.http;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Element;
import io.proffer.api.resource.RangesAmount;
import io.proffer.api.resource.ScalarAmount;
import io.proffer.api.resource.SetAmount;
import io.proffer.api.resource.Thousandths;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Quota;
import io.proffer.master.core.fact.RoleSettings;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.sight.Sight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What each role of a snapshot holds, that of its sub-roles included (operator-api, section 3.5).
 * Known are the roles of frameworks and of reservations, those whose weight was ever set or that
 * have a quota, and the roles above them.
 */
final class RoleTally {
  /** What a role counts beside others while nobody has set its weight. */
  private static final double WEIGHT = 1;

  private final SortedMap<String, Row> rows = new TreeMap<>();
  private final RoleSettings settings;
  private final Sight sight;

  /** One role. Amounts are in thousandths, by the name of the resource; ranges count members. */
  static final class Row {
    private final double weight;
    private final Quota quota;
    private final List<FrameworkId> frameworks = new ArrayList<>();
    private final SortedMap<String, Long> allocated = new TreeMap<>();
    private final SortedMap<String, Long> offered = new TreeMap<>();
    private final SortedMap<String, Long> reserved = new TreeMap<>();
    private final SortedMap<String, Long> consumed = new TreeMap<>();

    private Row(double weight, Quota quota) {
      this.weight = weight;
      this.quota = quota;
    }

    /** What it counts beside others. */
    double weight() {
      return weight;
    }

    /** What is kept for it, and what it may have at most. */
    Quota quota() {
      return quota;
    }

    /** Those that are subscribed to it, or have something in it. */
    List<FrameworkId> frameworks() {
      return Collections.unmodifiableList(frameworks);
    }

    SortedMap<String, Long> allocated() {
      return Collections.unmodifiableSortedMap(allocated);
    }

    SortedMap<String, Long> offered() {
      return Collections.unmodifiableSortedMap(offered);
    }

    SortedMap<String, Long> reserved() {
      return Collections.unmodifiableSortedMap(reserved);
    }

    /** What a quota would be charged with: what is reserved, and what is used beside that. */
    SortedMap<String, Long> consumed() {
      return Collections.unmodifiableSortedMap(consumed);
    }

    /** Allocated and offered together. */
    SortedMap<String, Long> resources() {
      var all = new TreeMap<>(allocated);
      offered.forEach((name, amount) -> all.merge(name, amount, Thousandths::plus));
      return all;
    }
  }

  private RoleTally(RoleSettings settings, Sight sight) {
    this.settings = settings;
    this.sight = sight;
  }

  /**
   * By name: the roles that may be seen, with the frameworks that may. What a role has is told
   * whole, whoever has it.
   *
   * @param snapshot all there is
   */
  static SortedMap<String, Row> of(Snapshot snapshot, Sight sight) {
    var tally = new RoleTally(snapshot.roles(), sight);
    snapshot.roles().weights().keySet().forEach(tally::know);
    snapshot.roles().quotas().values().stream()
        .filter(quota -> !quota.isDefault())
        .map(Quota::role)
        .forEach(tally::know);
    snapshot.frameworks().forEach(tally::add);
    for (var agent : snapshot.agents()) {
      for (var element : agent.allocated()) {
        element.kind().allocation().ifPresent(role -> tally.allocated(role, element));
      }
      for (var element : agent.offered()) {
        element
            .kind()
            .allocation()
            .ifPresent(role -> tally.each(role, row -> add(row.offered, element)));
      }
      for (var element : agent.total()) {
        element.kind().reservationRole().ifPresent(role -> tally.reserved(role, element));
      }
    }
    tally.rows.keySet().removeIf(role -> !sight.ofRole(role));
    return Collections.unmodifiableSortedMap(tally.rows);
  }

  /**
   * This page of them, by name.
   *
   * @param framework when given, only roles that it is subscribed to or has something in
   */
  static Iterable<Map.Entry<String, Row>> page(
      Snapshot snapshot, Page page, Optional<FrameworkId> framework, Sight sight) {
    var roles = new ArrayList<>(of(snapshot, sight).entrySet());
    framework.ifPresent(id -> roles.removeIf(role -> !role.getValue().frameworks.contains(id)));
    return page.of(roles);
  }

  private void know(String role) {
    each(role, row -> {});
  }

  private void add(Framework framework) {
    var roles = new TreeSet<>(framework.roles());
    roles.addAll(framework.allocated().allocationRoles());
    roles.addAll(framework.offered().allocationRoles());
    for (var role : roles) {
      know(role);
      if (sight.ofFramework(framework.info().getUser())) {
        row(role).frameworks.add(framework.id());
      }
    }
  }

  private void allocated(String role, Element element) {
    each(role, row -> add(row.allocated, element));
    if (element.countsForQuota()) {
      each(role, row -> add(row.consumed, element));
    }
  }

  private void reserved(String role, Element element) {
    each(
        role,
        row -> {
          add(row.reserved, element);
          addScalar(row.consumed, element);
        });
  }

  private interface Visit {
    void to(Row row);
  }

  /** Visits a role and those above it. */
  private void each(String role, Visit visit) {
    for (var end = role.length(); end > 0; end = role.lastIndexOf('/', end - 1)) {
      visit.to(row(role.substring(0, end)));
    }
  }

  private Row row(String role) {
    return rows.computeIfAbsent(
        role,
        name ->
            new Row(
                settings.weights().getOrDefault(name, WEIGHT),
                settings.quotas().getOrDefault(name, Quota.none(name))));
  }

  private static void addScalar(SortedMap<String, Long> amounts, Element element) {
    if (element.amount() instanceof ScalarAmount) {
      add(amounts, element);
    }
  }

  private static void add(SortedMap<String, Long> amounts, Element element) {
    var amount = thousandths(element);
    if (amount > 0) {
      amounts.merge(element.name(), amount, Thousandths::plus);
    }
  }

  private static long thousandths(Element element) {
    return switch (element.amount()) {
      case ScalarAmount scalar -> scalar.thousandths();
      case SetAmount set -> 1000L * set.items().size();
      case RangesAmount ranges -> {
        var members = 0L;
        for (var i = 0; i < ranges.size(); i++) {
          members += ranges.end(i) - ranges.begin(i) + 1;
        }
        yield 1000 * members;
      }
    };
  }
}
