package io.proffer.e2e.simulation;

import java.time.Duration;

/**
 * What a simulated command does, as its command line says.
 *
 * @param starts false when the container cannot be started
 * @param runs how long it runs if nobody ends it
 * @param exit what it exits with then
 * @param obeys whether it ends at SIGTERM
 */
record Script(boolean starts, Duration runs, int exit, boolean obeys) {
  String text() {
    return starts + " " + runs.toMillis() + " " + exit + " " + obeys;
  }

  static Script of(String text) {
    var parts = text.split(" ", -1);
    return new Script(
        Boolean.parseBoolean(parts[0]),
        Duration.ofMillis(Long.parseLong(parts[1])),
        Integer.parseInt(parts[2]),
        Boolean.parseBoolean(parts[3]));
  }
}
