package io.proffer.cli.client;

/** A call that did not succeed, with a sentence that says what to do. */
public final class ClientException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean temporary;

  private ClientException(String message, boolean temporary, Throwable cause) {
    super(message, cause);
    this.temporary = temporary;
  }

  /** The other side said no; asking again gives the same answer. */
  static ClientException refused(String message) {
    return new ClientException(message, false, null);
  }

  /** The master ended the conversation with an ERROR event. */
  public static ClientException fromMaster(String message) {
    return refused("The master says: " + message);
  }

  /** Nobody answered, or nobody who leads; it may work later. */
  static ClientException unreachable(String message, Throwable cause) {
    return new ClientException(message, true, cause);
  }

  /** Whether the same call may succeed later. */
  public boolean temporary() {
    return temporary;
  }
}
