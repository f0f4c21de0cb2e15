package io.proffer.cli.bench;

import io.proffer.api.flags.Expecting;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The flags of {@code proffer bench --scenario read}. */
final class ReadOptions {
  @Option(
      names = "--pollers",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "50",
      description = "In read: how many read /state again and again (default: ${DEFAULT-VALUE}).")
  private int pollers;

  @Option(
      names = "--poll_interval",
      converter = Expecting.Positive.class,
      defaultValue = "10secs",
      description =
          "In read: how often each does; one that is due while the one before is under way comes at"
              + " once after it (default: ${DEFAULT-VALUE}).")
  private Duration pollInterval;

  @Option(
      names = "--poll_window",
      converter = Expecting.Positive.class,
      defaultValue = "30secs",
      description =
          "In read: how long tasks are launched without pollers, and with them (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration pollWindow;

  @Option(
      names = "--poll_concurrency",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "20",
      description =
          "In read: tasks in flight meanwhile, one an ACCEPT (default: ${DEFAULT-VALUE}).")
  private int pollConcurrency;

  int pollers() {
    return pollers;
  }

  Duration pollInterval() {
    return pollInterval;
  }

  Duration pollWindow() {
    return pollWindow;
  }

  int pollConcurrency() {
    return pollConcurrency;
  }
}
