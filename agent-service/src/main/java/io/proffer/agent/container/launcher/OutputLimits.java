package io.proffer.agent.container.launcher;

/**
 * How much is kept of what a command writes.
 *
 * @param stdout the most bytes of each file of its standard output; 0 for no limit
 * @param stderr the same of its standard error
 * @param files how many full files of each are kept, {@code stdout.1} the youngest
 */
public record OutputLimits(long stdout, long stderr, int files) {
  /** The command writes into the two files itself. */
  public static final OutputLimits NONE = new OutputLimits(0, 0, 1);

  boolean isNone() {
    return stdout == 0 && stderr == 0;
  }

  /** As supervisors are told. */
  String argument() {
    return isNone() ? "-" : stdout + ":" + stderr + ":" + files;
  }
}
