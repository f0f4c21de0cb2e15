package io.proffer.master.metrics;

import io.proffer.api.metrics.Figures;
import io.proffer.api.metrics.Metric;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.fact.RoleShare;
import io.proffer.master.core.fact.Snapshot;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * How roles stand with the allocator. Only the loop's thread may ask it, so it is asked at the turn
 * of a read that figures are waiting for.
 */
public final class RoleFigures {
  private static final Metric SHARE =
      Metric.gauge(
          "proffer_master_role_dominant_share",
          "Largest share of the cluster's resources that a role was offered or uses, 0 to 1.",
          "role");
  private static final Metric FILTERS =
      Metric.gauge(
          "proffer_master_role_offer_filters",
          "Refusals of a role's frameworks that still hold.",
          "role");
  private static final Metric HELD =
      Metric.gauge(
          "proffer_master_role_resources",
          "What a role was offered or uses; memory and disk in MB.",
          "role",
          "resource");

  /** No role has this name. */
  private static final String OTHER = "";

  private static final double THOUSANDTHS = 1000.0;

  private final int limit;
  private final Supplier<List<RoleShare>> allocator;
  private volatile boolean wanted;
  private volatile List<RoleShare> shares = List.of();

  /**
   * @param limit how many roles have rows of their own
   * @param allocator tells how roles stand; asked on the loop's thread
   */
  public RoleFigures(int limit, Supplier<List<RoleShare>> allocator) {
    this.limit = limit;
    this.allocator = allocator;
  }

  /** The next read is for figures. From any thread. */
  public void want() {
    wanted = true;
  }

  /** Asks the allocator when this was a read that is for figures. Of the loop's thread. */
  public void turned(Command command) {
    if (wanted && command instanceof OperatorCommand.Read) {
      wanted = false;
      shares = allocator.get();
    }
  }

  void addTo(Figures figures) {
    var all = shares.stream().sorted(Comparator.comparing(RoleShare::role)).toList();
    all.stream().limit(limit).forEach(share -> add(share, figures));
    if (all.size() > limit) {
      var rest = all.subList(limit, all.size());
      figures.add(SHARE, rest.stream().mapToDouble(RoleShare::dominant).sum(), OTHER);
      figures.add(FILTERS, rest.stream().mapToLong(RoleShare::filters).sum(), OTHER);
    }
  }

  /** Quotas of the first roles that have one, and what they are charged with. */
  void addQuotasTo(Snapshot snapshot, Figures figures) {
    QuotaFigures.add(snapshot, limit, figures);
  }

  private static void add(RoleShare share, Figures figures) {
    var role = share.role();
    figures.add(
        "allocator/mesos/roles/" + role + "/shares/dominant", SHARE, share.dominant(), role);
    figures.add(
        "allocator/mesos/offer_filters/roles/" + role + "/active", FILTERS, share.filters(), role);
    share
        .held()
        .forEach(
            (resource, thousandths) ->
                figures.add(
                    "allocator/mesos/quota/roles/%s/resources/%s/offered_or_allocated"
                        .formatted(role, resource),
                    HELD,
                    thousandths / THOUSANDTHS,
                    role,
                    resource));
  }
}
