package io.proffer.tidy;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Formats all Java sources below a directory with google-java-format. One file on purpose: the
 * profile {@code format} runs it by the source launcher, before anything is compiled.
 */
public final class Format {
  private static final Set<String> SKIPPED = Set.of("target", ".git", ".idea", "node_modules");

  private Format() {}

  /** Formats in place; the argument is the root of the project. */
  public static void main(String[] arguments) throws IOException, FormatterException {
    int changed = 0;
    for (var file : sources(Path.of(arguments[0]))) {
      var before = Files.readString(file);
      var after = formatted(before);
      if (!after.equals(before)) {
        Files.writeString(file, after);
        System.out.println("formatted " + file);
        changed++;
      }
    }
    System.out.println(changed + " files formatted.");
  }

  /** The text as google-java-format writes it. */
  static String formatted(String source) throws FormatterException {
    var imports = ImportOrderer.reorderImports(source, JavaFormatterOptions.Style.GOOGLE);
    return new Formatter().formatSource(RemoveUnusedImports.removeUnusedImports(imports));
  }

  /** All Java sources below a directory, build output left out. */
  static List<Path> sources(Path root) throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes ignored) {
            return SKIPPED.contains(directory.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes ignored) {
            if (file.toString().endsWith(".java")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return files;
  }
}
