package io.proffer.master.core.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.v1.FrameworkInfo;
import java.util.Optional;
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
