package io.proffer.master.core.validate;

import io.proffer.api.resource.IdRules;
import io.proffer.api.resource.Roles;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.master.core.state.Durations;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Whether a framework may be what it says it is (scheduler-api.md, 2.1 and 4). */
public final class FrameworkValidation {
  private static final Optional<String> FINE = Optional.empty();

  private FrameworkValidation() {}

  /** The roles an info subscribes to, whichever field it uses. */
  @SuppressWarnings("deprecation") // the old field is what frameworks without MULTI_ROLE use
  public static List<String> roles(FrameworkInfo info) {
    return isMultiRole(info) ? List.copyOf(info.getRolesList()) : List.of(info.getRole());
  }

  /** Everything an info alone shows to be wrong: roles, id, offer filters, failover timeout. */
  public static Optional<String> checkInfo(FrameworkInfo info) {
    return checkRoles(info)
        .or(() -> checkId(info))
        .or(() -> OfferFilterValidation.check(info))
        .or(() -> checkFailoverTimeout(info));
  }

  @SuppressWarnings("deprecation") // the old field is one of those checked
  private static Optional<String> checkRoles(FrameworkInfo info) {
    if (!isMultiRole(info)) {
      return info.getRolesCount() > 0
          ? Optional.of(
              "'FrameworkInfo.roles' must not be set when the framework is not MULTI_ROLE capable")
          : Roles.check(info.getRole()).map("'FrameworkInfo.role' is not a valid role: "::concat);
    }
    if (info.hasRole()) {
      return Optional.of(
          "'FrameworkInfo.role' must not be set when the framework is MULTI_ROLE capable");
    }
    var seen = new TreeSet<String>();
    var twice = new TreeSet<String>();
    for (var role : info.getRolesList()) {
      if (!seen.add(role)) {
        twice.add(role);
      }
    }
    return twice.isEmpty()
        ? Roles.check(info.getRolesList())
            .map("'FrameworkInfo.roles' contains invalid role: "::concat)
        : Optional.of("'FrameworkInfo.roles' contains duplicate items: " + braces(twice));
  }

  private static Optional<String> checkId(FrameworkInfo info) {
    var id = info.getId().getValue();
    return id.isEmpty() ? FINE : IdRules.check(id);
  }

  private static Optional<String> checkFailoverTimeout(FrameworkInfo info) {
    double seconds = info.getFailoverTimeout();
    return Durations.nanos(seconds).isPresent()
        ? FINE
        : Optional.of("The framework failover_timeout (" + sixDigits(seconds) + ") is invalid");
  }

  /** All roles must be on the master's list, where it has one. */
  public static Optional<String> checkWhitelist(
      FrameworkInfo info, Optional<? extends Collection<String>> whitelist) {
    if (whitelist.isEmpty()) {
      return FINE;
    }
    var foreign = new TreeSet<>(roles(info));
    foreign.removeAll(whitelist.get());
    return foreign.isEmpty()
        ? FINE
        : Optional.of("Roles " + braces(foreign) + " are not present in the master's --roles");
  }

  /** Root needs {@code --root_submissions}. */
  public static Optional<String> checkUser(FrameworkInfo info, boolean rootSubmissions) {
    return info.getUser().equals("root") && !rootSubmissions
        ? Optional.of("User 'root' is not allowed to run frameworks without --root_submissions set")
        : FINE;
  }

  /** Suppressed roles must be among the framework's own. */
  public static Optional<String> checkSuppressed(
      FrameworkInfo info, Collection<String> suppressed) {
    var foreign = new TreeSet<>(suppressed);
    foreign.removeAll(roles(info));
    return foreign.isEmpty()
        ? FINE
        : Optional.of(
            "Suppressed roles " + braces(foreign) + " are not contained in the set of roles");
  }

  /** Offer constraints must be for the framework's own roles; their inside is checked elsewhere. */
  public static Optional<String> checkConstraintRoles(
      FrameworkInfo info, OfferConstraints constraints) {
    var foreign = new TreeSet<>(constraints.getRoleConstraintsMap().keySet());
    foreign.removeAll(roles(info));
    return foreign.isEmpty()
        ? FINE
        : Optional.of(
            "Offer constraints specify `role_constraints` for a role '"
                + foreign.first()
                + "'not contained in the set of roles");
  }

  /** A framework that comes back belongs to the same principal. */
  public static Optional<String> checkPrincipal(FrameworkInfo known, FrameworkInfo info) {
    return known.getPrincipal().equals(info.getPrincipal())
        ? FINE
        : Optional.of("Changing framework's principal is not allowed.");
  }

  /** The text that follows {@code FrameworkInfo update is not valid: }. */
  public static Optional<String> checkUpdate(FrameworkInfo known, FrameworkInfo info) {
    return checkPrincipal(known, info)
        .or(() -> checkSame("user", known.getUser(), info.getUser()))
        .or(
            () ->
                checkSame(
                    "checkpoint",
                    Boolean.toString(known.getCheckpoint()),
                    Boolean.toString(info.getCheckpoint())));
  }

  private static Optional<String> checkSame(String field, String from, String to) {
    return from.equals(to)
        ? FINE
        : Optional.of(
            "Updating 'FrameworkInfo."
                + field
                + "' is unsupported; attempted to update from '"
                + from
                + "' to '"
                + to
                + "'");
  }

  private static boolean isMultiRole(FrameworkInfo info) {
    return info.getCapabilitiesList().stream()
        .anyMatch(c -> c.getType() == FrameworkInfo.Capability.Type.MULTI_ROLE);
  }

  private static String braces(Collection<String> items) {
    return "{ " + String.join(", ", items) + " }";
  }

  /** Six significant digits, as the reference prints doubles here: {@code 1e+300}. */
  private static String sixDigits(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    var rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    return rounded.movePointLeft(exponent).toPlainString()
        + "e+"
        + (exponent < 10 ? "0" : "")
        + exponent;
  }
}
