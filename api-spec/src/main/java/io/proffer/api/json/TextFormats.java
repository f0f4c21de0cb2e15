package io.proffer.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.Base64;

/** Strings, bytes and booleans. */
final class TextFormats {
  private TextFormats() {}

  static final class Text extends ValueFormat {
    Text(String field) {
      super(field);
    }

    @Override
    void write(Object value, JsonGenerator out, int depth) throws IOException {
      out.writeString((String) value);
    }

    @Override
    Object read(JsonParser in, int depth) throws IOException, JsonFormatException {
      if (in.currentToken() != JsonToken.VALUE_STRING) {
        throw unexpected(in);
      }
      String text = in.getText();
      requireUnicode(text, field);
      return text;
    }
  }

  static final class Bytes extends ValueFormat {
    Bytes(String field) {
      super(field);
    }

    @Override
    void write(Object value, JsonGenerator out, int depth) throws IOException {
      out.writeBinary(((ByteString) value).toByteArray());
    }

    @Override
    Object read(JsonParser in, int depth) throws IOException, JsonFormatException {
      if (in.currentToken() != JsonToken.VALUE_STRING) {
        throw unexpected(in);
      }
      return ByteString.copyFrom(base64(in.getText()));
    }

    private byte[] base64(String text) throws JsonFormatException {
      StringBuilder letters = new StringBuilder(text.length());
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (Character.isWhitespace(c)) {
          continue;
        }
        if (!isBase64(c)) {
          throw refused("Invalid character '" + c + "'");
        }
        letters.append(c);
      }
      try {
        return Base64.getDecoder().decode(letters.toString());
      } catch (IllegalArgumentException e) {
        throw refused("Expecting groups of four characters, the last one padded with '='");
      }
    }

    private JsonFormatException refused(String reason) {
      return JsonFormatException.convert(
          "Failed to base64 decode bytes field '" + field + "': " + reason);
    }

    private static boolean isBase64(char c) {
      return (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || c == '+'
          || c == '/'
          || c == '=';
    }
  }

  static final class Bool extends ValueFormat {
    Bool(String field) {
      super(field);
    }

    @Override
    void write(Object value, JsonGenerator out, int depth) throws IOException {
      out.writeBoolean((Boolean) value);
    }

    @Override
    Object read(JsonParser in, int depth) throws IOException, JsonFormatException {
      JsonToken token = in.currentToken();
      if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
        return token == JsonToken.VALUE_TRUE;
      }
      if (token != JsonToken.VALUE_STRING) {
        throw unexpected(in);
      }
      return switch (in.getText()) {
        case "true" -> true;
        case "false" -> false;
        default ->
            throw JsonFormatException.convert(
                "Failed to parse '"
                    + in.getText()
                    + "' as a JSON boolean for field '"
                    + field
                    + "'");
      };
    }
  }

  /**
   * Half of a surrogate pair alone (possible through an escape) is no text: it could be stored, but
   * written to nobody.
   */
  static void requireUnicode(String text, String field) throws JsonFormatException {
    if (hasLoneSurrogate(text)) {
      throw JsonFormatException.convert(
          "Expecting Unicode text for field '" + field + "', got half of a surrogate pair");
    }
  }

  private static boolean hasLoneSurrogate(String text) {
    int at = 0;
    while (at < text.length()) {
      if (!Character.isSurrogate(text.charAt(at))) {
        at++;
      } else if (Character.getType(text.codePointAt(at)) == Character.SURROGATE) {
        // A code point in the range of surrogates is a half without its other half.
        return true;
      } else {
        at += 2;
      }
    }
    return false;
  }
}
