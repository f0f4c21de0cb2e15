package io.proffer.master;

import io.proffer.api.flags.Expecting;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The flags of a master that say what its metrics show. */
public final class MetricsTuning {
  @Option(
      names = "--publish_per_framework_metrics",
      defaultValue = "true",
      description = "Whether metrics have rows of single frameworks (${DEFAULT-VALUE}).")
  private boolean publishPerFrameworkMetrics;

  @Option(
      names = "--max_metrics_rows",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "100",
      description =
          "How many frameworks, and how many roles, have rows of their own in metrics; all others"
              + " share one (${DEFAULT-VALUE}).")
  private int maxMetricsRows;

  @Option(
      names = "--metrics_timeout",
      converter = Expecting.Positive.class,
      defaultValue = "5secs",
      description =
          "How long metrics wait for the tables of the core; then they are told without"
              + " (${DEFAULT-VALUE}).")
  private Duration metricsTimeout;

  /** How many frameworks have rows of their own. */
  int frameworks() {
    return publishPerFrameworkMetrics ? maxMetricsRows : 0;
  }

  /** How many roles have. */
  int roles() {
    return maxMetricsRows;
  }

  Duration timeout() {
    return metricsTimeout;
  }
}
