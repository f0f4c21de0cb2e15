package io.proffer.api.acl;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as maps, lists, strings, booleans, numbers and nulls. A member that comes twice is wrong.
 */
final class AclJson {
  private static final JsonFactory JSON =
      new JsonFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final String EXPECTED = "expected one JSON object of rules";

  /** A number as it stands there: no rule has one, and not all that JSON allows can be computed. */
  private record Figure(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  private AclJson() {}

  /** The members of the object that the text is. */
  static Map<String, Object> read(String text) throws AclFormatException {
    try (var in = JSON.createParser(text)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new AclFormatException("", EXPECTED + ", like {\"permissive\": false}");
      }
      var members = members(in);
      if (in.nextToken() != null) {
        throw new AclFormatException(line(in), EXPECTED + ", but something comes after its end");
      }
      return members;
    } catch (JacksonException broken) {
      throw new AclFormatException(
          place(broken), EXPECTED + ", but " + broken.getOriginalMessage());
    } catch (IOException impossible) {
      throw new IllegalStateException("a string can be read", impossible);
    }
  }

  /** What is only too deep or too long is refused without a place. */
  private static String place(JacksonException broken) {
    var at = broken.getLocation();
    return at == null ? "" : "line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
  }

  private static String line(JsonParser in) {
    return "line " + in.currentLocation().getLineNr();
  }

  private static Map<String, Object> members(JsonParser in) throws IOException {
    var members = new LinkedHashMap<String, Object>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      var name = in.currentName();
      in.nextToken();
      members.put(name, value(in));
    }
    return members;
  }

  private static Object value(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case START_OBJECT -> members(in);
      case START_ARRAY -> list(in);
      case VALUE_STRING -> in.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Figure(in.getText());
      case VALUE_NULL -> null;
      default -> throw new IllegalStateException("a value began with " + in.currentToken());
    };
  }

  private static List<Object> list(JsonParser in) throws IOException {
    var all = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      all.add(value(in));
    }
    return all;
  }
}
