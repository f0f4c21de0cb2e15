package io.proffer.e2e.simulation;

import java.time.Duration;

/**
 * What a simulated executor does, as its command line says.
 *
 * @param starts false when its container cannot be started
 * @param subscribes whether it ever finds its agent
 * @param lives how long it runs if nobody ends it
 * @param exit what it exits with then
 * @param obeys whether it ends at SHUTDOWN
 */
record ExecutorScript(boolean starts, boolean subscribes, Duration lives, int exit, boolean obeys) {
  private static final String MARK = "executor ";

  String text() {
    return MARK
        + String.join(
            " ", "" + starts, "" + subscribes, "" + lives.toMillis(), "" + exit, "" + obeys);
  }

  /** Whether this is the command line of an executor. */
  static boolean isOne(String text) {
    return text.startsWith(MARK);
  }

  static ExecutorScript of(String text) {
    var parts = text.substring(MARK.length()).split(" ", -1);
    return new ExecutorScript(
        Boolean.parseBoolean(parts[0]),
        Boolean.parseBoolean(parts[1]),
        Duration.ofMillis(Long.parseLong(parts[2])),
        Integer.parseInt(parts[3]),
        Boolean.parseBoolean(parts[4]));
  }
}
