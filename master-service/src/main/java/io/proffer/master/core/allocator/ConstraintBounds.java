package io.proffer.master.core.allocator;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.proffer.master.core.fact.ConstraintLimits;

/**
 * What the constraints of one framework may cost. Regular expressions are compiled on the master's
 * one thread, so whatever may take long is refused by its looks, before it is compiled.
 */
final class ConstraintBounds {
  /**
   * Of programs of the largest size, what is compiled to see how large it is: well above it, so
   * that the compiler has the say wherever it can be asked.
   */
  private static final long TRIED = 50;

  /** Ten of them: what branches of such classes take grows with the square. */
  private static final long HEAVIEST_TABLES = 2_000;

  /** How much of a pattern that is too long is shown. */
  private static final int LONGEST_SHOWN = 100;

  private final ConstraintLimits limits;

  /**
   * How many constraints there were, what compiling their patterns took, and how large they are.
   */
  private int constraints;

  private long weight;
  private long programs;

  ConstraintBounds(ConstraintLimits limits) {
    this.limits = limits;
  }

  /** One constraint more. */
  void countConstraint() throws InvalidConstraintException {
    constraints++;
    if (constraints > limits.perFrameworkMax()) {
      throw new InvalidConstraintException(
          "A framework may have at most " + limits.perFrameworkMax() + " constraints");
    }
  }

  /** The pattern, compiled if that does not take too long. */
  Pattern compile(String regex) throws InvalidConstraintException {
    int longest = limits.patternLengthMax();
    if (regex.length() > longest) {
      throw failed(
          regex.substring(0, Math.min(longest, LONGEST_SHOWN)) + "...",
          "pattern has " + regex.length() + " characters, at most " + longest + " are allowed");
    }
    var looks = PatternWeight.of(regex);
    if (looks.wrongRepeat() != null) {
      throw failed(regex, "invalid repetition size: " + looks.wrongRepeat());
    }
    if (looks.foldsForEver()) {
      throw failed(
          regex, "characters from U+1C80 on cannot stand in a class without regard to case");
    }
    if (looks.program() > TRIED * limits.programSizeMax()) {
      throw tooComplex(regex, looks.program());
    }
    weight += looks.program() + looks.tables();
    if (looks.tables() > HEAVIEST_TABLES) {
      throw failed(regex, "pattern too large - compile failed");
    }
    if (weight > (long) limits.perFrameworkMax() * limits.programSizeMax()) {
      throw failed(
          regex,
          "with this one the regular expressions of the framework together take too long to"
              + " compile");
    }
    Pattern pattern;
    try {
      pattern = Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw failed(regex, words(e));
    }
    if (pattern.programSize() > limits.programSizeMax()) {
      throw tooComplex(regex, pattern.programSize());
    }
    programs += pattern.programSize();
    if (programs > limits.programSizesMax()) {
      throw failed(
          regex,
          "with this one the regular expressions of the framework have more than "
              + limits.programSizesMax()
              + " instructions together");
    }
    return pattern;
  }

  /** The error as the C++ library words it: that is what clients of the protocol know. */
  private static String words(PatternSyntaxException e) {
    var words =
        switch (e.getDescription()) {
          case "missing closing )" -> "missing )";
          case "missing closing ]" -> "missing ]";
          case "trailing backslash at end of expression" -> "trailing \\";
          case "missing argument to repetition operator" -> "no argument for repetition operator";
          case "invalid repeat count" -> "invalid repetition size";
          case "invalid nested repetition operator" -> "bad repetition operator";
          case "invalid or unsupported Perl syntax" -> "invalid perl operator";
          case "invalid named capture" -> "invalid named capture group";
          case String same -> same;
        };
    return e.getPattern() == null ? words : words + ": " + e.getPattern();
  }

  private static InvalidConstraintException failed(String regex, String why) {
    return new InvalidConstraintException(
        "Failed to construct regex from pattern '" + regex + "': " + why);
  }

  private InvalidConstraintException tooComplex(String regex, long size) {
    return new InvalidConstraintException(
        "Regex '"
            + regex
            + "' is too complex: program size of "
            + size
            + " is larger than maximum of "
            + limits.programSizeMax()
            + " allowed");
  }
}
