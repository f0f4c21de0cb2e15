package io.proffer.master;

import io.proffer.api.flags.Expecting;
import io.proffer.master.core.fact.ConstraintLimits;
import picocli.CommandLine.Option;

/** The flags of a master that bound what offer constraints may cost. */
public final class ConstraintTuning {
  @Option(
      names = "--offer_constraints_per_framework_max",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "1000",
      description =
          "How many offer constraints one framework may have, over all its roles"
              + " (${DEFAULT-VALUE}).")
  private int perFrameworkMax;

  @Option(
      names = "--offer_constraints_pattern_length_max",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "500",
      description =
          "How many characters a regular expression of an offer constraint may have"
              + " (${DEFAULT-VALUE}).")
  private int patternLengthMax;

  @Option(
      names = "--offer_constraints_re2_max_program_size",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "100",
      description =
          "How many instructions a compiled regular expression of an offer constraint may have"
              + " (${DEFAULT-VALUE}).")
  private int programSizeMax;

  @Option(
      names = "--offer_constraints_program_sizes_max",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "10000",
      description =
          "How many instructions all compiled regular expressions of one framework may have"
              + " together (${DEFAULT-VALUE}): each may be asked at each character of what an"
              + " agent says of itself, while all others wait.")
  private int programSizesMax;

  ConstraintLimits limits() {
    return new ConstraintLimits(patternLengthMax, perFrameworkMax, programSizeMax, programSizesMax);
  }
}
