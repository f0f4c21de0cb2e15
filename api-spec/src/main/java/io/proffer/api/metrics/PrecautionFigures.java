package io.proffer.api.metrics;

import io.proffer.api.http.Precautions;
import io.proffer.api.limit.RequestLimits;
import java.util.Map;
import java.util.TreeMap;

/** What the limits of requests did, and what the audit log has. */
public final class PrecautionFigures {
  private static final Metric REFUSED =
      Metric.counter(
          "proffer_requests_over_limit_total",
          "Requests answered 429, by principal: (none) where nobody is asked, (other) for all beyond"
              + " a hundred.",
          "principal");
  private static final Metric CLIENTS =
      Metric.gauge(
          "proffer_limited_clients",
          "Principals and addresses that are told apart for their limit of requests.");
  private static final Metric AUDITED =
      Metric.counter(
          "proffer_audit_lines_total",
          "Lines of the audit log: written and dropped, when its queue or the disk had no room.",
          "outcome");

  private PrecautionFigures() {}

  /** Tells them; where there is no limit nothing was refused, and no line is in no audit log. */
  public static void addTo(Precautions precautions, Figures figures) {
    var limits = precautions.limits();
    var refused = new TreeMap<>(Map.of(RequestLimits.NOBODY, 0L));
    limits.ifPresent(requests -> refused.putAll(requests.refused()));
    precautions
        .secrets()
        .ifPresent(wrong -> refused.merge(RequestLimits.NOBODY, wrong.refused(), Long::sum));
    refused.forEach((principal, count) -> figures.add(REFUSED, count, principal));
    figures.add(CLIENTS, limits.map(RequestLimits::clients).orElse(0));
    var audit = precautions.audit();
    figures.add(AUDITED, audit.map(trail -> trail.log().written()).orElse(0L), "written");
    figures.add(AUDITED, audit.map(trail -> trail.log().dropped()).orElse(0L), "dropped");
  }
}
