package io.proffer.api.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.TextFormat;
import io.proffer.api.v1.Resource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ResourceValidationTest {
  private static final String CPUS = "name: 'cpus' type: SCALAR scalar { value: 1 } ";
  private static final String DISK = "name: 'disk' type: SCALAR scalar { value: 1 } ";

  static Resource resource(String text) {
    try {
      var expanded = text.replace("CPUS ", CPUS).replace("DISK ", DISK);
      return TextFormat.parse(expanded, Resource.class);
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "name: '' type: SCALAR scalar { value: 1 } | Empty resource name",
        "name: 'a' type: SCALAR | Invalid scalar resource",
        "name: 'a' type: SCALAR scalar { value: 1 } set { } | Invalid scalar resource",
        "name: 'a' type: SCALAR scalar { value: 1 } ranges { } | Invalid scalar resource",
        "name: 'a' type: RANGES | Invalid ranges resource",
        "name: 'a' type: RANGES ranges { } scalar { value: 1 } | Invalid ranges resource",
        "name: 'a' type: RANGES ranges { range { begin: 2 end: 1 } } |"
            + " Invalid ranges resource: begin > end",
        "name: 'a' type: RANGES ranges { range { begin: 1 end: 5 } range { begin: 5 end: 6 } } |"
            + " Invalid ranges resource: overlapping ranges",
        "name: 'a' type: RANGES ranges { range { begin: 7 end: 9 } range { begin: 1 end: 8 } } |"
            + " Invalid ranges resource: overlapping ranges",
        "name: 'a' type: SET | Invalid set resource",
        "name: 'a' type: SET set { } ranges { } | Invalid set resource",
        "name: 'a' type: SET set { item: 'x' item: 'x' } |"
            + " Invalid set resource: duplicated elements",
        "name: 'a' type: TEXT | Unsupported resource type",
        "CPUS disk { } | DiskInfo should not be set for cpus resource",
        "DISK disk { source { type: BLOCK mount { } } } |"
            + " Mount should not be set for BLOCK disk source",
        "DISK disk { source { type: RAW path { } } } |"
            + " Path should not be set for RAW disk source",
        "DISK disk { source { type: UNKNOWN } } |"
            + " Unsupported 'DiskInfo.Source.Type' in 'UNKNOWN'",
        "CPUS role: 'a b' |"
            + " Role component 'a b' is invalid because it contains backspace or whitespace",
        "CPUS role: 'r' reservation { type: DYNAMIC } |"
            + " 'Resource.ReservationInfo.type' must not be set for the 'Resource.reservation'"
            + " field",
        "CPUS role: 'r' reservation { role: 'r' } |"
            + " 'Resource.ReservationInfo.role' must not be set for the 'Resource.reservation'"
            + " field",
        "CPUS role: '*' reservation { } |"
            + " Invalid reservation: role \"*\" cannot be dynamically reserved",
        "CPUS reservations { role: 'r' } |"
            + " Invalid reservation: 'Resource.ReservationInfo.type' field must be set.",
        "CPUS reservations { type: STATIC } |"
            + " Invalid reservation: 'Resource.ReservationInfo.role' field must be set.",
        "CPUS reservations { type: STATIC role: '*' } |"
            + " Invalid reservation: role \"*\" cannot be reserved",
        "CPUS reservations { type: STATIC role: 'r' } reservations { type: STATIC role: 'r/s' } |"
            + " Invalid refined reservation: A refined reservation cannot be STATIC",
        "CPUS reservations { type: STATIC role: 'r' } reservations { type: DYNAMIC role: 's' } |"
            + " Invalid refined reservation: role 's' is not a refinement of 'r'",
        "CPUS role: 's' reservations { type: STATIC role: 'r' } |"
            + " Invalid resource format: 'Resource.role' field with 's' does not match the role"
            + " 'r' in 'Resource.reservations'",
        "CPUS role: 'r' reservation { } reservations { type: STATIC role: 'r' } |"
            + " Invalid resource format: 'Resource.reservation' must not be set if the single"
            + " reservation in 'Resource.reservations' is STATIC",
        "CPUS role: 'r' reservations { type: DYNAMIC role: 'r' } |"
            + " Invalid resource format: 'Resource.role' and 'Resource.reservation' must either be"
            + " both set or both not set if the single reservation in 'Resource.reservations' is"
            + " DYNAMIC",
        "CPUS role: 'r' reservation { principal: 'p' }"
            + " reservations { type: DYNAMIC role: 'r' principal: 'q' } |"
            + " Invalid resource format: 'Resource.reservation.principal' field with 'p' does not"
            + " match the principal 'q' in 'Resource.reservations'",
        "CPUS role: 'r' reservation { labels { labels { key: 'k' value: 'v' } } }"
            + " reservations { type: DYNAMIC role: 'r' } |"
            + " Invalid resource format: 'Resource.reservation.labels' field with '{k: v}' does not"
            + " match the labels '{}' in 'Resource.reservations'",
        "CPUS role: 'r' reservations { type: STATIC role: 'r' }"
            + " reservations { type: DYNAMIC role: 'r/s' } |"
            + " Invalid resource format: 'Resource.role' must not be set if there is more than one"
            + " reservation in 'Resource.reservations'",
        "CPUS reservation { } reservations { type: STATIC role: 'r' }"
            + " reservations { type: DYNAMIC role: 'r/s' } |"
            + " Invalid resource format: 'Resource.reservation' must not be set if there is more"
            + " than one reservation in 'Resource.reservations'",
        "CPUS shared { } | Resource cpus cannot be shared",
        "DISK shared { } | Only persistent volumes can be shared",
      })
  void whatIsWrongIsTold(String message, String text) {
    assertEquals(Optional.of(text), ResourceValidation.check(resource(message)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, -0.0005, 0.0004, 1e-320, Double.NaN, 1e300, Double.MAX_VALUE})
  void amountsMustBePositiveAndCountable(double value) {
    assertEquals(
        Optional.of("Invalid scalar resource: value <= 0"),
        ResourceValidation.check(ResourcesTest.scalar("cpus", value)));
    assertEquals(Resources.empty(), Resources.of(List.of(ResourcesTest.scalar("cpus", value))));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.0, 0.0005, 0.001, 1e15})
  void zeroAndSmallAndLargeAmountsAreFine(double value) {
    assertEquals(Optional.empty(), ResourceValidation.check(ResourcesTest.scalar("cpus", value)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CPUS role: '*'",
        "CPUS role: 'r' reservation { principal: 'p' }"
            + " reservations { type: DYNAMIC role: 'r' principal: 'p' }",
        "CPUS role: 'r' reservations { type: STATIC role: 'r' }",
        "CPUS reservations { type: STATIC role: 'r' } reservations { type: DYNAMIC role: 'r/s' }",
        "DISK disk { source { type: PATH path { root: '/a' } } }",
        "name: 'cpus' type: SET set { item: 'a' }",
        "name: 'a' type: RANGES ranges { }",
      })
  void soundOnesPass(String message) {
    assertEquals(Optional.empty(), ResourceValidation.check(resource(message)));
  }

  @Test
  void inAListTheResourceIsNamed() {
    assertEquals(
        Optional.of(
            "Resource 'ports(allocated: r):[31010-31001]' is invalid: Invalid ranges resource:"
                + " begin > end"),
        ResourceValidation.check(
            List.of(
                resource("CPUS "),
                resource(
                    "name: 'ports' type: RANGES ranges { range { begin: 31010 end: 31001 } }"
                        + " allocation_info { role: 'r' }"))));
  }
}
