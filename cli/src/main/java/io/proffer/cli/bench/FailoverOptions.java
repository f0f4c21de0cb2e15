package io.proffer.cli.bench;

import io.proffer.api.flags.Durations;
import io.proffer.api.flags.Expecting;
import io.proffer.api.flags.WrongFlagException;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The flags of {@code proffer bench --scenario failover}. */
final class FailoverOptions {
  /** What {@code proffer zookeeper} grants, and masters take. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private static final Duration LONGEST = Duration.ofSeconds(10);

  @Option(
      names = "--zk_session_timeout",
      converter = Expecting.Positive.class,
      paramLabel = "DURATION",
      defaultValue = "10secs",
      description =
          "In failover: how long ZooKeeper waits for a word of a master before another may lead,"
              + " from 1secs to 10secs (default: ${DEFAULT-VALUE}).")
  private Duration session;

  Duration session() {
    if (session.compareTo(SHORTEST) < 0 || session.compareTo(LONGEST) > 0) {
      throw new WrongFlagException(
          "--zk_session_timeout",
          "Expected %s to %s, but got %s"
              .formatted(
                  Durations.format(SHORTEST),
                  Durations.format(LONGEST),
                  Durations.format(session)));
    }
    return session;
  }
}
