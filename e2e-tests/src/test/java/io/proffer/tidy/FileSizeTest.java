package io.proffer.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Long files are listed in {@code tidy-exceptions.txt}: path, lines at most, reason. */
class FileSizeTest {
  private static final int MOST_LINES = 400;
  private static final Path EXCEPTIONS = Tree.ROOT.resolve("tidy-exceptions.txt");

  @Test
  void noFileIsLongerThanItsLimit() {
    var exceptions = exceptions();
    var wrong = new ArrayList<String>();
    for (var file : Tree.files(".java", ".proto", ".py", ".sh", ".go", ".c", ".js")) {
      var name = Tree.name(file);
      long lines = Tree.read(file).lines().count();
      int limit = exceptions.getOrDefault(name, MOST_LINES);
      if (lines > limit) {
        wrong.add(name + " has " + lines + " lines, " + limit + " are allowed: split it");
      }
      if (lines <= MOST_LINES && exceptions.containsKey(name)) {
        wrong.add(name + " is short enough now: take it out of tidy-exceptions.txt");
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void theListNamesOnlyFilesThatExist() {
    var missing =
        exceptions().keySet().stream()
            .filter(name -> !Files.exists(Tree.ROOT.resolve(name)))
            .toList();
    assertEquals(List.of(), missing, "take them out of tidy-exceptions.txt");
  }

  private static Map<String, Integer> exceptions() {
    var limits = new TreeMap<String, Integer>();
    Tree.read(EXCEPTIONS)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split("\\s+", 3))
        .forEach(parts -> limits.put(parts[0], Integer.valueOf(parts[1])));
    return limits;
  }
}
