package io.proffer.api.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts for bodies that are not JSON, each with the place where reading stopped. */
final class SyntaxErrors {
  /** Enough to find the place; the rest of a large body is no help. */
  private static final int MAX_EXCERPT = 1000;

  /** The word or character the parser complains of; a long word is cut. */
  private static final Pattern CULPRIT =
      Pattern.compile("Un(?:recognized token|expected character) \\(?'(\\w+|.)");

  /** Bytes of a character in UTF-32. */
  private static final int WIDEST = 4;

  private SyntaxErrors() {}

  /** Reads the rest of the document the parser stands in, and requires that nothing follows. */
  static void requireEnd(JsonParser in, byte[] body) throws IOException, JsonFormatException {
    while (!in.getParsingContext().inRoot()) {
      if (in.nextToken() == null) {
        break;
      }
    }
    if (in.currentToken() == null) {
      throw near(body, body.length);
    }
    // A string is read to its end only when somebody asks for it.
    in.finishToken();
    int end = offset(in.currentLocation(), body);
    for (int i = end; i < body.length; i++) {
      if (!isSpace(body[i])) {
        throw JsonFormatException.parse(
            "Parsed JSON included non-whitespace trailing characters: "
                + excerpt(body, end, body.length));
      }
    }
  }

  /**
   * JSON is in UTF-8 here. Jackson takes a NUL among the first bytes for a sign of UTF-16 or
   * UTF-32, and reads those, or throws what is no error of the syntax.
   */
  static void requireNoWideCharacters(byte[] body) throws JsonFormatException {
    for (int i = 0; i < Math.min(WIDEST, body.length); i++) {
      if (body[i] == 0) {
        throw near(body, i);
      }
    }
  }

  static JsonFormatException describe(IOException e, byte[] body) {
    if (e instanceof StreamConstraintsException limit) {
      return JsonFormatException.parse(overLimit(limit));
    }
    return near(body, offset(e, body));
  }

  /** The parser's own words name its classes and settings, which say nothing to a client. */
  private static String overLimit(StreamConstraintsException e) {
    String words = e.getOriginalMessage();
    if (words.startsWith("Document nesting depth")) {
      return "expecting objects and arrays nested at most "
          + JsonCodec.MAX_NESTING
          + " levels deep, received more: send the inner ones flat, or as a string";
    }
    if (words.startsWith("Number value length")) {
      return "expecting numbers of at most "
          + JsonCodec.MAX_NUMBER_LENGTH
          + " characters, received a longer one: send it with fewer digits";
    }
    if (words.startsWith("Name length")) {
      return "expecting field names of at most "
          + JsonCodec.MAX_NAME_LENGTH
          + " characters, received a longer one: check the quotes before it";
    }
    return "expecting a smaller document: send it in parts";
  }

  /** Where the text begins that cannot be read. The parser tells where it stopped reading it. */
  private static int offset(IOException e, byte[] body) {
    if (e instanceof JsonEOFException || !(e instanceof JsonParseException parse)) {
      return body.length;
    }
    int stopped = offset(parse.getLocation(), body);
    String text = new String(body, StandardCharsets.ISO_8859_1);
    Matcher culprit = CULPRIT.matcher(parse.getOriginalMessage());
    if (!culprit.lookingAt()) {
      return stopped;
    }
    String wrong = culprit.group(1);
    // It stopped somewhere between the beginning of what is wrong and just behind it.
    return Math.max(text.indexOf(wrong, Math.max(0, stopped - wrong.length())), 0);
  }

  private static JsonFormatException near(byte[] body, int offset) {
    int line = 1;
    for (int i = 0; i < offset; i++) {
      line += body[i] == '\n' ? 1 : 0;
    }
    int end = offset;
    while (end < body.length && body[end] != '\n') {
      end++;
    }
    return JsonFormatException.parse(
        "syntax error at line " + line + " near: " + excerpt(body, offset, end));
  }

  private static String excerpt(byte[] body, int from, int to) {
    return new String(body, from, Math.min(to - from, MAX_EXCERPT), StandardCharsets.UTF_8);
  }

  private static int offset(JsonLocation location, byte[] body) {
    return Math.clamp(location.getByteOffset(), 0, body.length);
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
