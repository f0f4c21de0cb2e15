package io.proffer.master.core.fact;

/**
 * How much a framework may ask of agents with its offer constraints: all of it is compiled while
 * others wait, and kept.
 *
 * @param patternLengthMax most characters of one regular expression
 * @param perFrameworkMax most constraints of one framework, over all its roles
 * @param programSizeMax most instructions of one compiled regular expression
 * @param programSizesMax most instructions of all regular expressions of one framework together: so
 *     many may be asked at each character of what an agent says of itself, in one turn
 */
public record ConstraintLimits(
    int patternLengthMax, int perFrameworkMax, int programSizeMax, int programSizesMax) {
  /** What holds when no flag is given. */
  public static ConstraintLimits defaults() {
    return new ConstraintLimits(500, 1000, 100, 10_000);
  }

  /** None: for what was let in already. */
  public static ConstraintLimits none() {
    int none = Integer.MAX_VALUE;
    return new ConstraintLimits(none, none, none, none);
  }
}
