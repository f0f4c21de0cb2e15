package io.proffer.cli.local;

/** How much the services in this process log. Works only before the first line. */
final class Logging {
  private Logging() {}

  /** Errors only: the console belongs to the command. */
  static void quiet() {
    System.setProperty("proffer.log.level", "ERROR");
  }
}
