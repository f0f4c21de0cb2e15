package io.proffer.master.core.validate;

import io.proffer.api.resource.Roles;
import io.proffer.api.v1.WeightInfo;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/** Are these weights sound? (operator-api, section 3.8) */
public final class WeightValidation {
  private static final String REFUSED = "Failed to validate update weights request JSON";

  /** As many digits as a double has for sure. */
  private static final MathContext DIGITS = new MathContext(15);

  private WeightValidation() {}

  /**
   * What is wrong with the first bad one.
   *
   * @param whitelist the only roles there may be; empty for any
   */
  public static Optional<String> check(List<WeightInfo> weights, Optional<List<String>> whitelist) {
    for (var weight : weights) {
      var error = check(weight, whitelist);
      if (error.isPresent()) {
        return error;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> check(WeightInfo info, Optional<List<String>> whitelist) {
    var role = info.getRole();
    var badName = Roles.check(role);
    if (badName.isPresent()) {
      return Optional.of(REFUSED + ": Invalid role '" + role + "': " + badName.get());
    }
    if (!RoleWhitelist.has(role, whitelist)) {
      return Optional.of(REFUSED + ": Unknown role '" + role + "'");
    }
    return checkValue(info.getWeight())
        .map(
            reason ->
                REFUSED
                    + " for role '"
                    + role
                    + "': Invalid weight '"
                    + text(info.getWeight())
                    + "': "
                    + reason);
  }

  /** What is wrong with this weight, if anything. */
  public static Optional<String> checkValue(double weight) {
    // Also what is no number: the reference takes it, and nobody ever gets a share again.
    if (!(weight > 0)) {
      return Optional.of("Weights must be positive");
    }
    return Double.isInfinite(weight) ? Optional.of("Weights must be finite") : Optional.empty();
  }

  /** As the reference prints it: {@code -2}, not {@code -2.0}. */
  private static String text(double weight) {
    if (Double.isNaN(weight)) {
      return "nan";
    }
    if (Double.isInfinite(weight)) {
      return weight > 0 ? "inf" : "-inf";
    }
    var digits = new BigDecimal(weight).round(DIGITS);
    return digits.signum() == 0 ? "0" : digits.stripTrailingZeros().toPlainString();
  }
}
