package io.proffer.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RoomsTest {
  private static final Pattern SENTENCE =
      Pattern.compile("(?s)/\\*\\*.{30,}?[.:].*?\\*/\\s*package ");

  @Test
  void eachPackageSaysWhatItIsFor() {
    var silent = new TreeSet<String>();
    for (var file : Tree.files(".java")) {
      var room = Tree.name(file.getParent());
      var twin = room.replace("/src/test/java/", "/src/main/java/");
      var info = file.resolveSibling("package-info.java");
      if (!Files.exists(info)
          && !Files.exists(Tree.ROOT.resolve(twin).resolve("package-info.java"))) {
        silent.add(room);
      }
    }
    assertEquals(List.of(), List.copyOf(silent), "these have no package-info.java");
  }

  @Test
  void whatAPackageSaysIsASentence() {
    var mute =
        Tree.files("package-info.java").stream()
            .filter(file -> !SENTENCE.matcher(Tree.read(file)).find())
            .map(Tree::name)
            .toList();
    assertEquals(List.of(), mute);
  }
}
