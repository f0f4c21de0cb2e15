package io.proffer.api.flags;

import java.util.Collection;
import java.util.Optional;

/** What somebody may have meant by a misspelled name. */
public final class Suggestion {
  private Suggestion() {}

  /** The closest of the names, if at most a third of its letters differ. */
  public static Optional<String> closest(String given, Collection<String> names) {
    String best = null;
    int fewest = Integer.MAX_VALUE;
    for (var name : names) {
      int edits = distance(given, name);
      if (edits < fewest && edits <= Math.max(1, name.length() / 3)) {
        best = name;
        fewest = edits;
      }
    }
    return Optional.ofNullable(best);
  }

  /** Letters to insert, remove or replace to get from one text to the other. */
  private static int distance(String from, String to) {
    var row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
