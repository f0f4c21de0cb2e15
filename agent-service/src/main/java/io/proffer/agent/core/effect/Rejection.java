package io.proffer.agent.core.effect;

/** A refusal as a value. The HTTP room turns the kind into a status code. */
public record Rejection(Kind kind, String text) {
  /** What sort of refusal. */
  public enum Kind {
    /** 400. */
    INVALID,
    /** 403. */
    FORBIDDEN,
    /** 503. */
    UNAVAILABLE
  }

  /** The request is wrong, and why. */
  public static Rejection invalid(String text) {
    return new Rejection(Kind.INVALID, text);
  }

  /** Not now: why, and that it may be sent again later. */
  public static Rejection unavailable(String text) {
    return new Rejection(Kind.UNAVAILABLE, text);
  }

  /** The caller may not, and why. */
  public static Rejection forbidden(String text) {
    return new Rejection(Kind.FORBIDDEN, text);
  }
}
