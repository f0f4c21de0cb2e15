package io.proffer.api.resource;

/** A text that does not describe resources or attributes; the message says which part and why. */
public final class ResourceParseException extends IllegalArgumentException {
  /** With the text the user reads. */
  public ResourceParseException(String message) {
    super(message);
  }
}
