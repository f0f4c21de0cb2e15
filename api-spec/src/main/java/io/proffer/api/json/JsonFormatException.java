package io.proffer.api.json;

/**
 * A JSON body that is not what the API takes. The message is the inner text of
 * protocol/scheduler-api.md section 1 row 7; {@link #sentence} puts the prefix before it.
 */
public final class JsonFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Which of the two steps refused the body. */
  public enum Kind {
    /** The text is not JSON. */
    PARSE,
    /** The JSON does not fit the message. */
    CONVERT
  }

  private final Kind kind;

  JsonFormatException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  static JsonFormatException parse(String message) {
    return new JsonFormatException(Kind.PARSE, message);
  }

  static JsonFormatException convert(String message) {
    return new JsonFormatException(Kind.CONVERT, message);
  }

  /** A value of a JSON kind ("number", "string", ...) that the field cannot take. */
  static JsonFormatException unexpected(String jsonKind, String field) {
    return convert("Not expecting a JSON " + jsonKind + " for field '" + field + "'");
  }

  public Kind kind() {
    return kind;
  }

  /**
   * The whole text of the 400 answer, {@code messageName} being the last word of the message's name
   * ("Call").
   */
  public String sentence(String messageName) {
    return switch (kind) {
      case PARSE -> "Failed to parse body into JSON: " + getMessage();
      case CONVERT -> "Failed to convert JSON into " + messageName + " protobuf: " + getMessage();
    };
  }
}
