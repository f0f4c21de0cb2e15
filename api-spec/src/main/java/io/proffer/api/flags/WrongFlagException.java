package io.proffer.api.flags;

/**
 * A flag whose value turned out to be wrong only when it was used. A command that lets it pass ends
 * like one whose flags could not be read: with this sentence and {@link Flags#USAGE}.
 */
public final class WrongFlagException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String flag;

  /**
   * Tells of one flag.
   *
   * @param flag with its dashes
   * @param message what was expected, what came, and what to do
   */
  public WrongFlagException(String flag, String message) {
    super("Invalid value for option '" + flag + "': " + message);
    this.flag = flag;
  }

  /** The same, with what found it. */
  public WrongFlagException(String flag, String message, Throwable cause) {
    this(flag, message);
    initCause(cause);
  }

  /** With its dashes. */
  public String flag() {
    return flag;
  }
}
