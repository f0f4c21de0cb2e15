package io.proffer.api.http;

import java.util.Locale;
import java.util.Optional;

/** The two media types of messages (scheduler-api, section 1). */
public enum MediaType {
  JSON("application/json"),
  PROTOBUF("application/x-protobuf");

  private final String text;

  MediaType(String text) {
    this.text = text;
  }

  /** As it stands in headers. */
  public String text() {
    return text;
  }

  /** The type of a body. Parameters and other spellings are not understood, on purpose. */
  public static Optional<MediaType> ofContent(String contentType) {
    for (var type : values()) {
      if (type.text.equals(contentType)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /**
   * The type an {@code Accept} header allows, JSON before protobuf whatever the weights.
   *
   * @param accept the header; empty when it was missing, which allows anything
   */
  public static Optional<MediaType> accepted(Optional<String> accept) {
    if (accept.isEmpty()) {
      return Optional.of(JSON);
    }
    for (var type : values()) {
      if (allows(accept.get(), type.text)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  private static boolean allows(String accept, String wanted) {
    for (var entry : accept.split(",", -1)) {
      var parts = entry.split(";", -1);
      if (matches(parts[0].strip().toLowerCase(Locale.ROOT), wanted)) {
        return !excluded(parts);
      }
    }
    return false;
  }

  private static boolean matches(String range, String wanted) {
    return range.equals(wanted)
        || range.equals("*/*")
        || range.equals("*")
        || (range.endsWith("/*") && wanted.startsWith(range.substring(0, range.length() - 1)));
  }

  private static boolean excluded(String[] parts) {
    for (var i = 1; i < parts.length; i++) {
      var parameter = parts[i].strip();
      if (parameter.startsWith("q=") && isZero(parameter.substring(2).strip())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isZero(String weight) {
    return weight.matches("0(\\.0*)?");
  }
}
