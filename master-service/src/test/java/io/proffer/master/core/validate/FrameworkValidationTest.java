package io.proffer.master.core.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.scheduler.OfferConstraints;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameworkValidationTest {
  private static final String MULTI = "capabilities { type: MULTI_ROLE } ";

  private static FrameworkInfo info(String text) {
    var builder = FrameworkInfo.newBuilder();
    Given.merge("user: 'u' name: 'n' " + text.replace("MULTI ", MULTI), builder);
    return builder.build();
  }

  private static String filters(String quantities) {
    return "MULTI offer_filters { key: 'r' value { min_allocatable_resources { quantities { "
        + quantities
        + " } } } }";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "MULTI role: 'r' |"
            + " 'FrameworkInfo.role' must not be set when the framework is MULTI_ROLE capable",
        "roles: 'r' | 'FrameworkInfo.roles' must not be set when the framework is not MULTI_ROLE"
            + " capable",
        "MULTI roles: 'b' roles: 'a' roles: 'b' roles: 'a' roles: 'c' |"
            + " 'FrameworkInfo.roles' contains duplicate items: { a, b }",
        "MULTI roles: 'a' roles: '/b' |"
            + " 'FrameworkInfo.roles' contains invalid role: Role '/b' cannot start with a slash",
        "role: 'a//b' | 'FrameworkInfo.role' is not a valid role: Role 'a//b' cannot contain two"
            + " adjacent slashes",
        "id { value: 'a/b' } | 'a/b' contains invalid characters",
        "failover_timeout: 1e300 | The framework failover_timeout (1e+300) is invalid",
        "failover_timeout: -1e300 | The framework failover_timeout (-1e+300) is invalid",
        "failover_timeout: 9.3e9 | The framework failover_timeout (9.3e+09) is invalid",
        "failover_timeout: nan | The framework failover_timeout (nan) is invalid",
        "failover_timeout: inf | The framework failover_timeout (inf) is invalid",
      })
  void anInfoThatCannotBeIsRefused(String text, String message) {
    assertEquals(Optional.of(message), FrameworkValidation.checkInfo(info(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "role: '*'",
        "MULTI ",
        "MULTI roles: 'a' roles: 'a/b' roles: '*'",
        "id { value: '' }",
        "failover_timeout: -5",
        "failover_timeout: 9.2e9",
      })
  void soundOnesPass(String text) {
    assertEquals(Optional.empty(), FrameworkValidation.checkInfo(info(text)));
  }

  @ParameterizedTest
  @CsvSource({
    "-1, Negative values not supported",
    "inf, Infinite values not supported",
    "nan, NaN not supported",
    "1e-310, Subnormal values not supported"
  })
  void offerFiltersAskForRealQuantities(String value, String text) {
    var quantity = "quantities { key: 'cpus' value { value: " + value + " } }";
    assertEquals(
        Optional.of("Invalid resource quantity for 'cpus': " + text),
        FrameworkValidation.checkInfo(info(filters(quantity))));
    assertEquals(
        Optional.of("Resource quantities must contain at least one quantity"),
        FrameworkValidation.checkInfo(info(filters(""))));
    assertEquals(
        Optional.empty(),
        FrameworkValidation.checkInfo(
            info(filters("quantities { key: 'cpus' value { value: 0.5 } }"))));
  }

  @Test
  void rolesMustBeOnTheList() {
    var info = info("MULTI roles: 'a' roles: 'b' roles: 'c'");
    assertEquals(
        Optional.of("Roles { a, c } are not present in the master's --roles"),
        FrameworkValidation.checkWhitelist(info, Optional.of(List.of("b"))));
    assertEquals(Optional.empty(), FrameworkValidation.checkWhitelist(info, Optional.empty()));
  }

  @Test
  void rootNeedsPermission() {
    var root = info("").toBuilder().setUser("root").build();
    assertEquals(Optional.empty(), FrameworkValidation.checkUser(root, true));
    assertEquals(
        Optional.of("User 'root' is not allowed to run frameworks without --root_submissions set"),
        FrameworkValidation.checkUser(root, false));
  }

  @Test
  void onlyOwnRolesAreSuppressedOrConstrained() {
    var info = info("MULTI roles: 'a'");
    assertEquals(
        Optional.of("Suppressed roles { x, y } are not contained in the set of roles"),
        FrameworkValidation.checkSuppressed(info, List.of("y", "a", "x")));
    var constraints = OfferConstraints.newBuilder();
    Given.merge("role_constraints { key: 'r' value { } }", constraints);
    assertEquals(
        Optional.of(
            "Offer constraints specify `role_constraints` for a role 'r'not contained in the set of"
                + " roles"),
        FrameworkValidation.checkConstraintRoles(info, constraints.build()));
    assertEquals(List.of("*"), FrameworkValidation.roles(info("")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "principal: 'p' | Changing framework's principal is not allowed.",
        "user: 'b' | Updating 'FrameworkInfo.user' is unsupported; attempted to update from 'u' to"
            + " 'b'",
        "checkpoint: true | Updating 'FrameworkInfo.checkpoint' is unsupported; attempted to"
            + " update from 'false' to 'true'",
      })
  void someThingsNeverChange(String change, String text) {
    var changed = info("").toBuilder();
    Given.merge(change, changed);
    assertEquals(Optional.of(text), FrameworkValidation.checkUpdate(info(""), changed.build()));
    assertEquals(Optional.empty(), FrameworkValidation.checkUpdate(info(""), info("role: 'x'")));
  }
}
