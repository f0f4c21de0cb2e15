package io.proffer.e2e.conformance;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.opentest4j.AssertionFailedError;

/** The differences that stand: {@code FOLDER/NAME: reason} a line. */
final class Differences {
  private static final Map<String, String> KNOWN = read();

  private Differences() {}

  /** The exchanges that are listed: {@code FOLDER/NAME}. */
  static Set<String> listed() {
    return KNOWN.keySet();
  }

  /** Runs a comparison: it must hold, or be listed and not hold. */
  static void check(Golden golden, Comparison comparison) throws IOException {
    var reason = KNOWN.get(golden.id());
    if (reason == null) {
      named(golden, comparison);
      return;
    }
    try {
      comparison.run();
    } catch (AssertionError expected) {
      System.out.println("conformance: " + golden.id() + " differs: " + reason);
      return;
    }
    throw new AssertionFailedError(
        golden.id() + " agrees now: take its line out of differences.txt (" + reason + ")");
  }

  /** In reports, tests that are made while they run have numbers for names. */
  private static void named(Golden golden, Comparison comparison) throws IOException {
    try {
      comparison.run();
    } catch (AssertionError differs) {
      throw new AssertionError(golden.id() + ": " + differs.getMessage(), differs);
    }
  }

  /** A comparison of one exchange. */
  interface Comparison {
    void run() throws IOException;
  }

  private static Map<String, String> read() {
    var known = new LinkedHashMap<String, String>();
    try (var stream = Differences.class.getResourceAsStream("differences.txt");
        var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      for (var line : reader.readAllLines()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          var colon = line.indexOf(": ");
          known.put(line.substring(0, colon), line.substring(colon + 2));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return known;
  }
}
