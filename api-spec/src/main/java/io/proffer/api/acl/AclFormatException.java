package io.proffer.api.acl;

/** A document that is none of rules. The message names the place, and what was expected there. */
public final class AclFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  AclFormatException(String place, String message) {
    super(place.isEmpty() ? message : "at " + place + ": " + message);
  }
}
