package io.proffer.master;

import io.proffer.master.core.command.Command;
import io.proffer.master.core.command.OperatorCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of hosts whose agents are offered (allocator, section 11): one name a line, read anew
 * now and then. Where it cannot be read what was read last goes on to hold, and the log says so
 * once.
 */
final class Whitelist {
  static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.master");

  private final Path file;
  private final Predicate<Command> offer;
  private Optional<SortedSet<String>> told = Optional.empty();
  private boolean readable = true;

  /**
   * @param offer hands a command to the loop; false when it is full
   */
  Whitelist(Path file, Predicate<Command> offer) {
    this.file = file;
    this.offer = offer;
  }

  /**
   * Tells what is in the file, and whenever it is something else.
   *
   * @throws StartException when it cannot be read
   */
  void start(Timers timers) {
    try {
      tell(read(file));
    } catch (IOException e) {
      throw new StartException(
          "Cannot read the file of --whitelist, %s (%s): name one with a host name a line, or leave the flag out to have all agents offered"
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
    // One after the other: a slow disk delays the next look, and nothing else.
    timers.every(
        INTERVAL,
        timer -> timers.vertx().executeBlocking(this::look, true).onFailure(Whitelist::broken));
  }

  private static void broken(Throwable cause) {
    LOG.error("A look at the file of --whitelist failed", cause);
  }

  /** Looks whether the file has changed. */
  synchronized Optional<SortedSet<String>> look() {
    try {
      tell(read(file));
      readable = true;
    } catch (IOException e) {
      if (readable) {
        LOG.warn(
            "Cannot read the file of --whitelist, {} ({}): what it said last goes on to hold",
            file,
            e.getClass().getSimpleName());
      }
      readable = false;
    }
    return told;
  }

  /** What the loop has no room for is told at the next look. */
  private synchronized void tell(SortedSet<String> hostnames) {
    var now = Optional.of(hostnames);
    if (!now.equals(told) && offer.test(new OperatorCommand.Whitelist(now))) {
      told = now;
    }
  }

  private static SortedSet<String> read(Path file) throws IOException {
    var hostnames = new TreeSet<String>();
    for (var line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      if (!line.isBlank()) {
        hostnames.add(line.strip());
      }
    }
    return hostnames;
  }
}
