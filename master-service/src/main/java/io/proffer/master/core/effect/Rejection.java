package io.proffer.master.core.effect;

/**
 * A refusal as a value. One table of the HTTP room turns the kind into a status code.
 *
 * @param text empty when the status says all there is to say
 */
public record Rejection(Kind kind, String text) {
  /** What sort of refusal; the status code follows from it. */
  public enum Kind {
    /** 400. */
    INVALID,
    /** 403. */
    FORBIDDEN,
    /** 404. */
    NOT_FOUND,
    /** 409. */
    CONFLICT,
    /** 501. */
    NOT_IMPLEMENTED,
    /** 503. */
    UNAVAILABLE
  }

  /** The request is wrong, and why. */
  public static Rejection invalid(String text) {
    return new Rejection(Kind.INVALID, text);
  }

  /** What is asked for does not fit what there is, and why. */
  public static Rejection conflict(String text) {
    return new Rejection(Kind.CONFLICT, text);
  }

  /** What is asked for is not there, and where to look. */
  public static Rejection notFound(String text) {
    return new Rejection(Kind.NOT_FOUND, text);
  }

  /** Nothing here can do that. */
  public static Rejection notImplemented(String text) {
    return new Rejection(Kind.NOT_IMPLEMENTED, text);
  }

  /** Not now: why, and that it may be sent again later. */
  public static Rejection unavailable(String text) {
    return new Rejection(Kind.UNAVAILABLE, text);
  }

  /** Rules do not let the caller; which, is not for the caller to know. */
  public static Rejection forbidden() {
    return new Rejection(Kind.FORBIDDEN, "");
  }

  /** The caller may not, and why. */
  public static Rejection forbidden(String text) {
    return new Rejection(Kind.FORBIDDEN, text);
  }
}
