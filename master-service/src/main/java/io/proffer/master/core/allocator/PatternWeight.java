package io.proffer.master.core.allocator;

import java.util.ArrayDeque;

/**
 * How many single-letter matchers a regular expression becomes, counted without compiling it.
 *
 * <p>RE2/J unrolls counted repetitions while it compiles, so that {@code (a{1000}){1000}} takes all
 * memory before anyone could ask for the size of the program. This walks over the text once; on
 * expressions that are none its answer means nothing, and the compiler refuses them.
 */
final class PatternWeight {
  private static final long MOST = Integer.MAX_VALUE;

  private final String regex;
  private final ArrayDeque<Long> outer = new ArrayDeque<>();
  private int at;
  private long sum;
  private long lastAtom;

  private PatternWeight(String regex) {
    this.regex = regex;
  }

  /**
   * Close to the program's size; stops at the largest int. Each group counts for one more, so that
   * endlessly nested ones, over which the compiler recurs, have weight too.
   */
  static long of(String regex) {
    return new PatternWeight(regex).walk();
  }

  private long walk() {
    while (at < regex.length()) {
      switch (regex.charAt(at)) {
        case '(' -> openGroup();
        case ')' -> closeGroup();
        case '[' -> skipClass();
        case '\\' -> escape();
        case '{' -> repeat();
        case '*', '+', '?', '|', '^', '$' -> at++;
        default -> atom(1);
      }
    }
    while (!outer.isEmpty()) {
      closeGroup();
    }
    return sum;
  }

  private void atom(int length) {
    add(1);
    at += length;
  }

  private void add(long weight) {
    lastAtom = weight;
    sum = Math.min(MOST, sum + weight);
  }

  private void openGroup() {
    outer.push(sum);
    sum = 0;
    lastAtom = 0;
    at++;
    if (at < regex.length() && regex.charAt(at) == '?') {
      // Flags and names (?i: ?P<n> are no matchers.
      int end = at;
      while (end < regex.length() && ":>)".indexOf(regex.charAt(end)) < 0) {
        end++;
      }
      at = end < regex.length() && regex.charAt(end) == ')' ? end : end + 1;
    }
  }

  private void closeGroup() {
    at++;
    if (!outer.isEmpty()) {
      long inside = sum + 1;
      sum = outer.pop();
      add(inside);
    }
  }

  private void skipClass() {
    int end = at + 1;
    if (end < regex.length() && regex.charAt(end) == '^') {
      end++;
    }
    if (end < regex.length() && regex.charAt(end) == ']') {
      end++;
    }
    while (end < regex.length() && regex.charAt(end) != ']') {
      if (regex.startsWith("[:", end)) {
        int named = regex.indexOf(":]", end + 2);
        end = named < 0 ? end + 1 : named + 2;
      } else {
        end += regex.charAt(end) == '\\' ? 2 : 1;
      }
    }
    atom(end + 1 - at);
  }

  private void escape() {
    if (regex.startsWith("\\Q", at)) {
      int end = regex.indexOf("\\E", at + 2);
      int literalEnd = end < 0 ? regex.length() : end;
      for (int i = at + 2; i < literalEnd; i++) {
        add(1);
      }
      at = end < 0 ? regex.length() : end + 2;
      return;
    }
    atom(escapeLength());
  }

  private int escapeLength() {
    char letter = at + 1 < regex.length() ? regex.charAt(at + 1) : ' ';
    if ("pPx".indexOf(letter) < 0) {
      return 2;
    }
    int end = regex.startsWith("{", at + 2) ? regex.indexOf('}', at) : -1;
    if (end >= 0) {
      return end + 1 - at;
    }
    return letter == 'x' ? 4 : 3;
  }

  private void repeat() {
    int end = regex.indexOf('}', at);
    var body = end < 0 ? "" : regex.substring(at + 1, end);
    if (!body.matches("\\d{1,9}(,\\d{0,9})?")) {
      atom(1);
      return;
    }
    var bounds = body.split(",", -1);
    long times = Long.parseLong(bounds[0]);
    if (bounds.length == 2 && !bounds[1].isEmpty()) {
      times = Math.max(times, Long.parseLong(bounds[1]));
    }
    long repeated = Math.min(MOST, lastAtom * Math.max(1, times));
    sum = Math.min(MOST, sum - lastAtom + repeated);
    lastAtom = repeated;
    at = end + 1;
  }
}
