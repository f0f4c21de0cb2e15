package io.proffer.api.auth;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Reads files of credentials in the reference's forms: as JSON, {@code {"credentials":
 * [{"principal": "p", "secret": "s"}]}}, for a single one also without the list around it, or as
 * text, {@code p s} on a line. What is wrong is told by its place, never by what stands there.
 */
public final class CredentialFile {
  private static final String EXPECTED =
      "expected {\"credentials\": [{\"principal\": ..., \"secret\": ...}]} in JSON, or lines of a"
          + " principal and a secret with a space between";

  private CredentialFile() {}

  /** All credentials of a file; at least one. */
  public static List<Credential> all(Path file) throws UnusableFileException {
    var credentials = parse(read(file));
    var principals = new TreeSet<String>();
    for (var credential : credentials) {
      if (!principals.add(credential.principal())) {
        throw new UnusableFileException(
            "the principal '" + credential.principal() + "' stands there twice: leave one");
      }
    }
    return credentials;
  }

  /** The one credential of a file. */
  public static Credential one(Path file) throws UnusableFileException {
    var credentials = all(file);
    if (credentials.size() > 1) {
      throw new UnusableFileException(
          "expected one credential, but there are " + credentials.size() + ": leave one");
    }
    return credentials.getFirst();
  }

  /** A secret alone: what stands on the first line, and nothing after it. */
  public static String secret(Path file) throws UnusableFileException {
    var text = read(file).strip();
    if (text.isEmpty() || text.lines().count() > 1) {
      throw new UnusableFileException(
          "expected one line with a secret, but there are " + text.lines().count());
    }
    return text;
  }

  /** The text of a file of credentials or rules. */
  static String read(Path file) throws UnusableFileException {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (MalformedInputException binary) {
      throw new UnusableFileException("expected text in UTF-8, but it is none");
    } catch (IOException unreadable) {
      throw new UnusableFileException(
          "it cannot be read: does it exist, and may this process read it?");
    }
  }

  private static List<Credential> parse(String text) throws UnusableFileException {
    var credentials = text.stripLeading().startsWith("{") ? fromJson(text) : fromLines(text);
    if (credentials.isEmpty()) {
      throw new UnusableFileException(EXPECTED + ", but there are no credentials in it");
    }
    return credentials;
  }

  private static List<Credential> fromLines(String text) throws UnusableFileException {
    var credentials = new ArrayList<Credential>();
    var number = 0;
    for (var line : text.lines().toList()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      var words = line.strip().split("\\s+", -1);
      if (words.length != 2) {
        throw new UnusableFileException(
            EXPECTED + ", but line " + number + " has " + words.length + " words");
      }
      credentials.add(checked(words[0], words[1], "line " + number));
    }
    return credentials;
  }

  private static List<Credential> fromJson(String text) throws UnusableFileException {
    try (var in = new JsonFactory().createParser(text)) {
      in.nextToken();
      var top = new Members();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        var name = in.currentName();
        in.nextToken();
        top.take(name, in);
      }
      if (in.currentToken() != JsonToken.END_OBJECT || in.nextToken() != null) {
        throw misplaced(in);
      }
      return top.credentials();
    } catch (JacksonException broken) {
      throw new UnusableFileException(EXPECTED + ", but " + problem(broken));
    } catch (IOException impossible) {
      throw new IllegalStateException("a string can be read", impossible);
    }
  }

  /**
   * Its own message may quote what stands there. What is only too deep or too long has no place.
   */
  private static String problem(JacksonException broken) {
    var place = broken.getLocation();
    return place == null
        ? "it is nested too deep, or something in it is too long"
        : "it is no JSON at line " + place.getLineNr() + ", column " + place.getColumnNr();
  }

  private static UnusableFileException misplaced(JsonParser in) {
    return new UnusableFileException(
        EXPECTED + ", but there is something else on line " + in.currentLocation().getLineNr());
  }

  private static Credential checked(String principal, String secret, String where)
      throws UnusableFileException {
    if (principal.isEmpty() || secret.isEmpty()) {
      throw new UnusableFileException(
          "expected a principal and a secret, but one of them is missing on " + where);
    }
    if (principal.indexOf(':') >= 0 || principal.chars().anyMatch(Character::isISOControl)) {
      throw new UnusableFileException(
          "expected a principal without colon and control characters, which HTTP Basic cannot carry,"
              + " on "
              + where);
    }
    return new Credential(principal, secret);
  }

  /** The members of an object, of which one is a list of such objects at the top. */
  private static final class Members {
    private final List<Credential> list = new ArrayList<>();
    private String principal = "";
    private String secret = "";
    private boolean single;

    void take(String name, JsonParser in) throws IOException, UnusableFileException {
      switch (name) {
        case "principal" -> {
          principal = text(in);
          single = true;
        }
        case "secret" -> {
          secret = text(in);
          single = true;
        }
        case "credentials" -> takeList(in);
        default -> in.skipChildren();
      }
    }

    List<Credential> credentials() throws UnusableFileException {
      if (single) {
        list.add(checked(principal, secret, "its top"));
      }
      return list;
    }

    private void takeList(JsonParser in) throws IOException, UnusableFileException {
      if (in.currentToken() != JsonToken.START_ARRAY) {
        throw misplaced(in);
      }
      while (in.nextToken() == JsonToken.START_OBJECT) {
        var line = "line " + in.currentLocation().getLineNr();
        var entry = new Members();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          var name = in.currentName();
          in.nextToken();
          if (name.equals("credentials")) {
            throw misplaced(in);
          }
          entry.take(name, in);
        }
        list.add(checked(entry.principal, entry.secret, line));
      }
      if (in.currentToken() != JsonToken.END_ARRAY) {
        throw misplaced(in);
      }
    }

    private static String text(JsonParser in) throws IOException, UnusableFileException {
      if (in.currentToken() != JsonToken.VALUE_STRING) {
        throw misplaced(in);
      }
      return in.getText();
    }
  }
}
