package io.proffer.master.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * No refusal without a row: each sentence, or part of one, that the rules and their validators can
 * say to a scheduler is in a table or a test of this module.
 */
class EveryTextTest {
  private static final Path MAIN = Path.of("src/main/java/io/proffer/master");
  private static final List<String> ROOMS =
      List.of("core/rule", "core/step", "core/validate", "http/CallShape.java", "core/effect");

  /** Said by nobody yet, with the reason. */
  private static final List<String> OUT_OF_REACH =
      List.of(
          // What is sound in a task and in its executor is sound in both together.
          "Task and its executor use invalid resources: ",
          "Task group and executor use invalid resources: ",
          // An operation of no known type is silent, with an id or without.
          "Unknown offer operation",
          // A pattern, and no text.
          "(?m)^( *\\\\w+: -?\\\\d+)\\\\.0$");

  private static final String STRING = "\"((?:[^\"\\\\\\n]|\\\\.)*)\"";

  /** A string literal, or several that are only broken over lines. */
  private static final Pattern LITERAL = Pattern.compile(STRING + "(?:\\s*\\+\\s*" + STRING + ")*");

  /** Comments, and the one character that would begin a literal. */
  private static final Pattern NO_TEXT = Pattern.compile("(?s)/\\*.*?\\*/|'\"'|(?m: // [^\"]*$)");

  private static final Pattern PART = Pattern.compile(STRING);

  private static final int SHORTEST = 10;

  @Test
  void everyTextOfTheRulesIsInATest() {
    var tested = tested();
    var missing = new ArrayList<String>();
    int found = 0;
    for (var room : ROOMS) {
      for (var file : files(MAIN.resolve(room))) {
        for (var text : literals(file)) {
          found++;
          if (!tested.contains(text) && !OUT_OF_REACH.contains(text)) {
            missing.add(MAIN.relativize(file) + ": " + text);
          }
        }
      }
    }
    assertTrue(found > 100, "only " + found + " texts: are the rooms still where they were?");
    assertEquals(List.of(), missing, "add a row to src/test/resources/io/proffer/master/rows");
  }

  /** All tables, rows in one line each, and all tests but this, literals in one line each. */
  private static String tested() {
    var words = new StringBuilder();
    for (var table : files(Path.of("src/test/resources/io/proffer/master/rows"))) {
      words.append(read(table).replaceAll("\n +", " ")).append('\n');
    }
    for (var test : files(Path.of("src/test/java"))) {
      if (!test.endsWith(EveryTextTest.class.getSimpleName() + ".java")) {
        words.append(read(test)).append('\n');
        literals(test).forEach(text -> words.append(text).append('\n'));
      }
    }
    return words.toString();
  }

  private static List<String> literals(Path source) {
    return LITERAL
        .matcher(NO_TEXT.matcher(read(source)).replaceAll(" "))
        .results()
        .map(match -> PART.matcher(match.group()).results().map(part -> part.group(1)))
        .map(parts -> parts.collect(Collectors.joining()).replace("\\\"", "\""))
        .filter(text -> text.strip().length() >= SHORTEST && text.strip().contains(" "))
        .toList();
  }

  private static List<Path> files(Path root) {
    try (var all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).sorted().collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
