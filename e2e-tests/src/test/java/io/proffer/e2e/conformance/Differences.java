package io.proffer.e2e.conformance;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.opentest4j.AssertionFailedError;

/**
 * The differences that stand. {@code FOLDER/NAME: reason} is about a recording, {@code
 * FOLDER/NAME#PART: reason} about a part of one that is compared in parts, and {@code + WHAT:
 * reason} about something that our answers have and the reference's have not.
 */
final class Differences {
  private static final String ADDED = "+ ";
  private static final Map<String, String> KNOWN = read("differences.txt");

  /** What was compared so far, and which lines of the list had a say in it. */
  private static final Set<String> COMPARED = ConcurrentHashMap.newKeySet();

  private static final Set<String> USED = ConcurrentHashMap.newKeySet();

  private Differences() {}

  /** What was compared so far: {@code FOLDER/NAME}. */
  static Set<String> compared() {
    return new TreeSet<>(COMPARED);
  }

  /** The lines that nothing was compared for so far, without their reasons. */
  static Set<String> unused() {
    var lines = new TreeSet<>(KNOWN.keySet());
    lines.removeAll(USED);
    return lines;
  }

  /** Whether it is listed that our answers have this besides what the reference's have. */
  static boolean isAdded(String what) {
    return isListed(ADDED + what);
  }

  private static boolean isListed(String line) {
    if (!KNOWN.containsKey(line)) {
      return false;
    }
    USED.add(line);
    return true;
  }

  /** Runs a comparison: it must hold, or be listed and not hold. */
  static void check(Golden golden, Comparison comparison) throws IOException {
    COMPARED.add(golden.id());
    check(golden.id(), comparison);
  }

  /** The same of a part of a recording, so that a difference there hides no other. */
  static void check(Golden golden, String part, Comparison comparison) throws IOException {
    COMPARED.add(golden.id());
    check(golden.id() + "#" + part, comparison);
  }

  /** The same of what no recording shows, and is told of the reference. */
  static void check(String id, Comparison comparison) throws IOException {
    if (!isListed(id)) {
      named(id, comparison);
      return;
    }
    var reason = KNOWN.get(id);
    try {
      comparison.run();
    } catch (AssertionError expected) {
      System.out.println("conformance: " + id + " differs: " + reason);
      return;
    }
    throw new AssertionFailedError(
        id + " agrees now: take its line out of differences.txt (" + reason + ")");
  }

  /** In reports, tests that are made while they run have numbers for names. */
  private static void named(String id, Comparison comparison) throws IOException {
    try {
      comparison.run();
    } catch (AssertionError differs) {
      throw new AssertionError(id + ": " + differs.getMessage(), differs);
    }
  }

  /** A comparison of one exchange. */
  interface Comparison {
    void run() throws IOException;
  }

  /** The lines of a list beside this class, and the reason of each. */
  static Map<String, String> read(String list) {
    var lines = new LinkedHashMap<String, String>();
    try (var stream = Differences.class.getResourceAsStream(list);
        var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      for (var line : reader.readAllLines()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          var colon = line.indexOf(": ");
          if (lines.put(line.substring(0, colon), line.substring(colon + 2)) != null) {
            throw new AssertionError(list + " has it twice: " + line);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }
}
