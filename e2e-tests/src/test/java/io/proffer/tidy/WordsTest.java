package io.proffer.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WordsTest {
  /** Comments, strings and characters: what is left of a Java source are identifiers and signs. */
  private static final Pattern NO_IDENTIFIERS =
      Pattern.compile(
          "(?s)\"\"\".*?(?<!\\\\)\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\\n])+'"
              + "|/\\*.*?\\*/|//[^\n]*");

  private static final Pattern IDENTIFIER = Pattern.compile("\\b\\w*slave\\w*\\b");
  private static final Pattern AUTHOR_OR_TODO =
      Pattern.compile("@" + "author|\\bTO" + "DO\\b(?! #\\d)|\\bFIX" + "ME\\b|\\bXX" + "X\\b");

  /** Directories that exist on one machine only. */
  private static final Pattern MACHINE =
      Pattern.compile("(?<![\\w.$}])/(?:home|root|Users|work)/[\\w.]+");

  @Test
  void identifiersSayAgent() {
    var wrong = new ArrayList<String>();
    for (var file : Tree.files(".java")) {
      var code = NO_IDENTIFIERS.matcher(Tree.read(file)).replaceAll(" ").toLowerCase(Locale.ROOT);
      IDENTIFIER
          .matcher(code)
          .results()
          .forEach(hit -> wrong.add(Tree.name(file) + ": " + hit.group()));
    }
    assertEquals(List.of(), wrong, "the word is agent, but for strings on the wire");
  }

  @Test
  void nothingIsLeftForLaterWithoutAnIssue() {
    assertEquals(
        List.of(), hits(AUTHOR_OR_TODO, ".java", ".proto", ".py", ".sh", ".go", ".c", ".xml"));
  }

  @Test
  void nothingNamesADirectoryOfOneMachine() {
    assertEquals(
        List.of(),
        hits(
            MACHINE, ".java", ".proto", ".py", ".sh", ".go", ".c", ".xml", ".md", ".txt", "proffer",
            "run"));
  }

  private static List<String> hits(Pattern pattern, String... endings) {
    var hits = new ArrayList<String>();
    for (var file : Tree.files(endings)) {
      pattern
          .matcher(Tree.read(file))
          .results()
          .forEach(hit -> hits.add(Tree.name(file) + ": " + hit.group()));
    }
    return hits;
  }
}
