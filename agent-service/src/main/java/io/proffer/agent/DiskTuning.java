package io.proffer.agent;

import io.proffer.agent.gc.GcPolicy;
import io.proffer.api.flags.Bytes;
import io.proffer.api.flags.Expecting;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The flags of an agent about the disk of its work directory. */
final class DiskTuning {
  @Option(
      names = "--gc_delay",
      defaultValue = "1weeks",
      description =
          "How long the sandbox of an ended task is kept on an empty disk (${DEFAULT-VALUE}).")
  private Duration gcDelay;

  @Option(
      names = "--gc_disk_headroom",
      converter = Expecting.Fraction.class,
      defaultValue = "0.1",
      description =
          "Sandboxes are kept for gc_delay * (1 - gc_disk_headroom - usage of the disk), so that"
              + " this share of it stays free (${DEFAULT-VALUE}).")
  private double gcDiskHeadroom;

  @Option(
      names = "--disk_watch_interval",
      converter = Expecting.Positive.class,
      defaultValue = "1mins",
      description = "How often old sandboxes are looked for (${DEFAULT-VALUE}).")
  private Duration diskWatchInterval;

  @Option(
      names = "--disk_ballast",
      defaultValue = "16MB",
      description =
          "Kept back in --work_dir, but no more than an eighth of its disk: when a task has filled"
              + " that, checkpoints are stored in this room. Meanwhile launches are refused, until"
              + " twice as much is free; 0B for none (${DEFAULT-VALUE}).")
  private Bytes diskBallast;

  GcPolicy gcPolicy() {
    return new GcPolicy(gcDelay, gcDiskHeadroom);
  }

  Duration watchInterval() {
    return diskWatchInterval;
  }

  long ballast() {
    return diskBallast.value();
  }
}
