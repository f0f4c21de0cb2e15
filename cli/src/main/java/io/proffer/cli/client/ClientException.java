package io.proffer.cli.client;

/** A call that did not succeed, with a sentence that says what to do. */
public final class ClientException extends Exception {
  private static final long serialVersionUID = 1L;

  private enum Kind {
    REFUSED,
    TEMPORARY,
    NOBODY
  }

  private final Kind kind;

  private ClientException(String message, Kind kind, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** The other side said no; asking again gives the same answer. */
  static ClientException refused(String message) {
    return new ClientException(message, Kind.REFUSED, null);
  }

  /** The master ended the conversation with an ERROR event. */
  public static ClientException fromMaster(String message) {
    return refused("The master says: " + message);
  }

  /** What the other side said is of no use for what was asked here. */
  public static ClientException unusable(String message) {
    return refused(message);
  }

  /** Nobody answered, or nobody who leads; it may work later. */
  static ClientException unreachable(String message, Throwable cause) {
    return new ClientException(message, Kind.TEMPORARY, cause);
  }

  /** Nothing listens there; it may later. */
  static ClientException nobody(String message, Throwable cause) {
    return new ClientException(message, Kind.NOBODY, cause);
  }

  /** Whether the same call may succeed later. */
  public boolean temporary() {
    return kind != Kind.REFUSED;
  }

  /** Whether there is nobody at the address at all: another one may be meant, or none started. */
  public boolean isNobodyThere() {
    return kind == Kind.NOBODY;
  }
}
