package io.proffer.master;

import io.proffer.api.flags.Expecting;
import io.proffer.master.history.History;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags of a master that say what it remembers of what is over, beyond its own end. */
public final class HistoryTuning {
  @Option(
      names = "--history_tasks",
      converter = Expecting.Whole.class,
      defaultValue = "10000",
      description =
          "How many of the newest completed tasks, and all completed frameworks that are remembered,"
              + " a master that leads keeps in --work_dir, to know them again when it leads the next"
              + " time; 0 to keep nothing (${DEFAULT-VALUE}).")
  private int tasks;

  @Option(
      names = "--history_interval",
      converter = Expecting.Positive.class,
      defaultValue = "5secs",
      description =
          "How often they are stored, and when the master stops: one that is killed forgets what"
              + " ended in this time (${DEFAULT-VALUE}).")
  private Duration interval;

  @Option(
      names = "--history_timeout",
      converter = Expecting.Positive.class,
      defaultValue = "10secs",
      description =
          "How long a master that begins to lead, or stops, waits for the disk with what is over;"
              + " then it goes on without. One that leads so keeps nothing until it leads again"
              + " (${DEFAULT-VALUE}).")
  private Duration timeout;

  Duration interval() {
    return interval;
  }

  /** That of this master, if it keeps one: a throw-away cluster does not. */
  Optional<History> open(MasterConfig config) {
    if (tasks == 0 || config.registry() == MasterConfig.RegistryKind.in_memory) {
      return Optional.empty();
    }
    return config.workDir().map(directory -> History.open(directory, tasks, timeout));
  }
}
