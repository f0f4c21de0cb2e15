package io.proffer.api.metrics;

import io.proffer.api.limit.RequestLimits;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the limits of requests did. */
public final class LimitFigures {
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

  private LimitFigures() {}

  /** Tells them; nothing was refused where there are none. */
  public static void addTo(Optional<RequestLimits> limits, Figures figures) {
    var refused = new TreeMap<>(Map.of(RequestLimits.NOBODY, 0L));
    limits.ifPresent(requests -> refused.putAll(requests.refused()));
    refused.forEach((principal, count) -> figures.add(REFUSED, count, principal));
    figures.add(CLIENTS, limits.map(RequestLimits::clients).orElse(0));
  }
}
