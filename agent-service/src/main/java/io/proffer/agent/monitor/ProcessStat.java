package io.proffer.agent.monitor;

import java.util.Optional;

/**
 * What /proc/PID/stat tells of a process.
 *
 * @param endedUserTicks of its children that have ended and were waited for
 * @param endedSystemTicks likewise
 */
record ProcessStat(
    long parent,
    long userTicks,
    long systemTicks,
    long endedUserTicks,
    long endedSystemTicks,
    int threads,
    long rssPages) {
  // Of the line, counted from the field after the name.
  private static final int PARENT = 1;
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int ENDED_USER = 13;
  private static final int ENDED_SYSTEM = 14;
  private static final int THREADS = 17;
  private static final int RSS = 21;

  /** Reads the line; empty when it is none. */
  static Optional<ProcessStat> parse(String line) {
    // The name stands in parentheses and may hold anything, parentheses too.
    var fields = line.substring(Math.min(line.length(), line.lastIndexOf(')') + 2)).split(" ", -1);
    if (fields.length <= RSS) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ProcessStat(
              Long.parseLong(fields[PARENT]),
              Long.parseLong(fields[USER]),
              Long.parseLong(fields[SYSTEM]),
              Long.parseLong(fields[ENDED_USER]),
              Long.parseLong(fields[ENDED_SYSTEM]),
              Integer.parseInt(fields[THREADS]),
              Long.parseLong(fields[RSS])));
    } catch (NumberFormatException unreadable) {
      return Optional.empty();
    }
  }
}
