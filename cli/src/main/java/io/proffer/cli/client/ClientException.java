package io.proffer.cli.client;

import java.util.List;

/** A call that did not succeed, with a sentence that says what to do. */
public final class ClientException extends Exception {
  private static final long serialVersionUID = 1L;

  private enum Kind {
    REFUSED,
    /** It may have been carried out. */
    TEMPORARY,
    UNREACHED,
    NOBODY,
    LEADERLESS
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

  /** No answer came, or it broke off; it may work later. */
  static ClientException unreachable(String message, Throwable cause) {
    return new ClientException(message, Kind.TEMPORARY, cause);
  }

  /** There is no way there, so it was not carried out; there may be one later. */
  static ClientException unreached(String message, Throwable cause) {
    return new ClientException(message, Kind.UNREACHED, cause);
  }

  /** Nobody leads, as far as who answered knows, so it was not carried out. */
  static ClientException leaderless(String message) {
    return new ClientException(message, Kind.LEADERLESS, null);
  }

  /** What several said, none of whom has carried it out. */
  static ClientException all(List<ClientException> failures) {
    var words = failures.stream().map(Throwable::getMessage).distinct().toList();
    var kind =
        failures.stream().anyMatch(ClientException::isLeaderless)
            ? Kind.LEADERLESS
            : failures.getLast().kind;
    return new ClientException(String.join(" ", words), kind, failures.getLast());
  }

  /** Nothing listens there; it may later. */
  static ClientException nobody(String message, Throwable cause) {
    return new ClientException(message, Kind.NOBODY, cause);
  }

  /** Whether the same call may succeed later. */
  public boolean temporary() {
    return kind != Kind.REFUSED;
  }

  /** Whether it was certainly not carried out, so that another master may be asked. */
  boolean isUntaken() {
    return switch (kind) {
      case REFUSED, TEMPORARY -> false;
      case UNREACHED, NOBODY, LEADERLESS -> true;
    };
  }

  /** Whether there are masters, or were, and none of them leads: an election may be under way. */
  public boolean isLeaderless() {
    return kind == Kind.LEADERLESS;
  }

  /** Whether there is nobody at the address at all: another one may be meant, or none started. */
  public boolean isNobodyThere() {
    return kind == Kind.NOBODY;
  }
}
