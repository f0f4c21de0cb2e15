package io.proffer.api.zookeeper;

import java.util.concurrent.CompletionException;

/** Why the servers did not do what they were asked. */
public final class NodesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What to make of it. */
  public enum Kind {
    /** The connection broke: it may have been done or not. */
    CONNECTION,
    /** The session is over, and with it all its ephemeral nodes. */
    SESSION,
    /** A node has another version than was asked for. */
    VERSION,
    /** A node was to be made that is there. */
    EXISTS,
    /** There is no such node. */
    MISSING,
    /** These credentials may not do that. */
    DENIED,
    /** Anything else, said in the message. */
    OTHER
  }

  private final Kind kind;

  public NodesException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What to make of it. */
  public Kind kind() {
    return kind;
  }

  /** What to make of a failed stage, which wraps its cause or does not. */
  public static Kind kind(Throwable failure) {
    return switch (failure) {
      case NodesException known -> known.kind();
      case CompletionException wrapped when wrapped.getCause() != null -> kind(wrapped.getCause());
      default -> Kind.OTHER;
    };
  }
}
