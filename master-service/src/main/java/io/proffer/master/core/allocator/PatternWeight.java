package io.proffer.master.core.allocator;

import java.util.ArrayDeque;

/**
 * What compiling a regular expression will take, told from its looks.
 *
 * <p>RE2/J unrolls counted repetitions while it compiles, so that {@code (a{1000}){1000}} takes all
 * memory before anyone could ask for the size of the program. This walks over the text once; on
 * expressions that are none its answer means nothing, and the compiler refuses them.
 */
final class PatternWeight {
  private static final long MOST = Integer.MAX_VALUE;

  /** The largest count of a repetition; the compiler refuses larger ones, but only at its end. */
  private static final int MOST_TIMES = 1000;

  /**
   * A class of Unicode is a table of hundreds of ranges: as much work as so many instructions. So
   * is a range that ends beyond ASCII, letter by letter, without regard to case.
   */
  private static final int TABLE = 200;

  /**
   * Without regard to case the compiler never comes to an end over U+1C80 to U+1C88: to it they are
   * small letters of a large one that it takes for that of others.
   */
  private static final int FIRST_ENDLESS = 0x1C80;

  private static final int LAST_ENDLESS = 0x1C88;

  private final String regex;
  private final ArrayDeque<Long> outer = new ArrayDeque<>();
  private int at;
  private long sum;
  private long lastAtom;
  private long tables;
  private boolean fold;
  private boolean hardToFold;
  private String wrongRepeat;

  private PatternWeight(String regex) {
    this.regex = regex;
  }

  /**
   * The looks of an expression.
   *
   * @param program close to the program's size, anchors and branches included; stops at the largest
   *     int. Each group counts, so that endlessly nested ones, over which the compiler recurs, have
   *     weight too
   * @param tables what reading classes like {@code \pL} takes beside that
   * @param foldsForEver whether compiling it might never end
   * @param wrongRepeat the first repetition with too large a count, or null
   */
  record Looks(long program, long tables, boolean foldsForEver, String wrongRepeat) {}

  static Looks of(String regex) {
    var weight = new PatternWeight(regex);
    long program = weight.walk();
    return new Looks(program, weight.tables, weight.fold && weight.hardToFold, weight.wrongRepeat);
  }

  private long walk() {
    while (at < regex.length()) {
      switch (regex.charAt(at)) {
        case '(' -> openGroup();
        case ')' -> closeGroup();
        case '[' -> skipClass();
        case '\\' -> escape();
        case '{' -> repeat();
        case '*', '+', '?' -> addToLast();
        default -> {
          noteLetter(regex.charAt(at), at, false);
          atom(1);
        }
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

  /** The loop or branch of a repetition without count. */
  private void addToLast() {
    lastAtom = Math.min(MOST, lastAtom + 1);
    sum = Math.min(MOST, sum + 1);
    at++;
  }

  /** In a class it may be the end of a range. */
  private void noteLetter(int letter, int from, boolean inClass) {
    hardToFold |= letter >= FIRST_ENDLESS && (inClass || letter <= LAST_ENDLESS);
    if (inClass && letter > 0x7F && regex.charAt(from - 1) == '-') {
      tables += TABLE;
    }
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
      var flags = regex.substring(at, Math.min(end, regex.length()));
      fold |= flags.indexOf('i') >= 0 && flags.indexOf('<') < 0;
      at = end < regex.length() && regex.charAt(end) == ')' ? end : end + 1;
    }
  }

  private void closeGroup() {
    at++;
    if (!outer.isEmpty()) {
      // Two instructions note where it begins and ends.
      long inside = sum + 2;
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
      } else if (regex.charAt(end) == '\\') {
        noteEscape(end, true);
        end += escapeLength(end);
      } else {
        noteLetter(regex.charAt(end), end, true);
        end++;
      }
    }
    atom(end + 1 - at);
  }

  private void escape() {
    if (regex.startsWith("\\Q", at)) {
      int end = regex.indexOf("\\E", at + 2);
      int literalEnd = end < 0 ? regex.length() : end;
      for (int i = at + 2; i < literalEnd; i++) {
        noteLetter(regex.charAt(i), i, false);
        add(1);
      }
      at = end < 0 ? regex.length() : end + 2;
      return;
    }
    noteEscape(at, false);
    atom(escapeLength(at));
  }

  /** Tables, and letters by number; what is no number is left to the compiler. */
  private void noteEscape(int from, boolean inClass) {
    int length = escapeLength(from);
    char letter = from + 1 < regex.length() ? regex.charAt(from + 1) : ' ';
    if (letter == 'p' || letter == 'P') {
      tables += TABLE;
    } else if (letter == 'x' && length > 4) {
      var digits = regex.substring(from + 3, from + length - 1);
      try {
        noteLetter(Integer.parseInt(digits, 16), from, inClass);
      } catch (NumberFormatException e) {
        hardToFold = true;
      }
    }
  }

  private int escapeLength(int from) {
    char letter = from + 1 < regex.length() ? regex.charAt(from + 1) : ' ';
    if ("pPx".indexOf(letter) < 0) {
      return 2;
    }
    int end = regex.startsWith("{", from + 2) ? regex.indexOf('}', from) : -1;
    if (end >= 0) {
      return end + 1 - from;
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
    if (times > MOST_TIMES && wrongRepeat == null) {
      wrongRepeat = regex.substring(at, end + 1);
    }
    // An instruction more for whatever comes after the least number of times.
    long last = bounds.length == 1 ? lastAtom : lastAtom + 1;
    long repeated = Math.min(MOST, last * Math.max(1, times));
    sum = Math.min(MOST, sum - lastAtom + repeated);
    lastAtom = repeated;
    at = end + 1;
  }
}
