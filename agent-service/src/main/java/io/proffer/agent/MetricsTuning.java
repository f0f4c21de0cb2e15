package io.proffer.agent;

import io.proffer.api.flags.Expecting;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The flags of an agent that say what its metrics show. */
public final class MetricsTuning {
  @Option(
      names = "--max_metrics_rows",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "100",
      description = "How many containers have rows of their own in metrics (${DEFAULT-VALUE}).")
  private int maxMetricsRows;

  @Option(
      names = "--metrics_timeout",
      converter = Expecting.Positive.class,
      defaultValue = "5secs",
      description =
          "How long metrics wait for the tables of the core; then they are told without"
              + " (${DEFAULT-VALUE}).")
  private Duration metricsTimeout;

  int rows() {
    return maxMetricsRows;
  }

  Duration timeout() {
    return metricsTimeout;
  }
}
