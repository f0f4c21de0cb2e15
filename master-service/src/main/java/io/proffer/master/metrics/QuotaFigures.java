package io.proffer.master.metrics;

import io.proffer.api.metrics.Figures;
import io.proffer.api.metrics.Metric;
import io.proffer.api.resource.Quantities;
import io.proffer.master.core.fact.Quota;
import io.proffer.master.core.fact.QuotaCharge;
import io.proffer.master.core.fact.Snapshot;
import java.util.TreeSet;

/** Quotas, and what they are charged with, as the tables have them at one turn. */
final class QuotaFigures {
  private static final Metric GUARANTEE =
      Metric.gauge(
          "proffer_master_role_quota_guarantee",
          "What is kept for a role; memory and disk in MB.",
          "role",
          "resource");
  private static final Metric LIMIT =
      Metric.gauge(
          "proffer_master_role_quota_limit",
          "What a role may have at most; memory and disk in MB. What has no limit has no row.",
          "role",
          "resource");
  private static final Metric CONSUMED =
      Metric.gauge(
          "proffer_master_role_quota_consumed",
          "What is reserved to a role with a quota or used by it beside that; memory and disk in"
              + " MB.",
          "role",
          "resource");

  private static final double THOUSANDTHS = 1000.0;

  private QuotaFigures() {}

  /**
   * Adds those of the first roles by name that have a quota.
   *
   * @param limit how many roles have rows
   */
  static void add(Snapshot snapshot, int limit, Figures figures) {
    var quotas =
        snapshot.roles().quotas().values().stream()
            .filter(quota -> !quota.isDefault())
            .limit(limit)
            .toList();
    if (quotas.isEmpty()) {
      return;
    }
    var charge = QuotaCharge.of(snapshot.agents());
    quotas.forEach(quota -> add(quota, charge.consumed(quota.role()), figures));
  }

  private static void add(Quota quota, Quantities consumed, Figures figures) {
    var guarantees = quota.guarantees();
    var names = new TreeSet<>(quota.limits().keySet());
    for (int i = 0; i < guarantees.size(); i++) {
      names.add(guarantees.name(i));
      tell("guarantee", GUARANTEE, quota, guarantees.name(i), guarantees.amount(i), figures);
    }
    quota.limits().forEach((name, amount) -> tell("limit", LIMIT, quota, name, amount, figures));
    // One that nothing is used of is told too: it has a limit or a guarantee.
    for (int i = 0; i < consumed.size(); i++) {
      names.add(consumed.name(i));
    }
    names.forEach(name -> tell("consumed", CONSUMED, quota, name, consumed.get(name), figures));
  }

  private static void tell(
      String what, Metric metric, Quota quota, String resource, long amount, Figures figures) {
    figures.add(
        "allocator/mesos/quota/roles/%s/resources/%s/%s".formatted(quota.role(), resource, what),
        metric,
        amount / THOUSANDTHS,
        quota.role(),
        resource);
  }
}
