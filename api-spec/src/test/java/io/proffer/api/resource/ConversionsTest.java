package io.proffer.api.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.protobuf.TextFormat;
import io.proffer.api.v1.Offer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConversionsTest {
  private static final String VOLUME =
      "disk { persistence { id: 'v' } volume { container_path: 'p' mode: RW } } ";

  private static Offer.Operation operation(String text) {
    var expanded =
        text.replace("@CPUS ", "name: 'cpus' type: SCALAR scalar { value: 1 } ")
            .replace("@DISK ", "name: 'disk' type: SCALAR scalar { value: 64 } ")
            .replace("@VOLUME ", VOLUME)
            .replace("@STATIC ", "reservations { type: STATIC role: 'r' } ")
            .replace("@DYNAMIC ", "reservations { type: DYNAMIC role: 'r' } ");
    try {
      return TextFormat.parse(expanded, Offer.Operation.class);
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(expanded, e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "type: RESERVE reserve { resources { @CPUS @DYNAMIC } } |"
            + " cpus:1 | cpus(reservations: [(DYNAMIC,r)]):1",
        "type: RESERVE reserve { resources { @CPUS @STATIC"
            + " reservations { type: DYNAMIC role: 'r/s' } } } |"
            + " cpus(reservations: [(STATIC,r)]):1 |"
            + " cpus(reservations: [(STATIC,r),(DYNAMIC,r/s)]):1",
        "type: RESERVE reserve { resources { @CPUS role: 'r' reservation { } } } |"
            + " cpus:1 | cpus(reservations: [(DYNAMIC,r)]):1",
        "type: RESERVE reserve { source { @CPUS reservations { type: DYNAMIC role: 'a' } }"
            + " resources { @CPUS @DYNAMIC } } |"
            + " cpus(reservations: [(DYNAMIC,a)]):1 | cpus(reservations: [(DYNAMIC,r)]):1",
        "type: UNRESERVE unreserve { resources { @CPUS @DYNAMIC } } |"
            + " cpus(reservations: [(DYNAMIC,r)]):1 | cpus:1",
        "type: CREATE create { volumes { @DISK @DYNAMIC @VOLUME shared { } } } |"
            + " disk(reservations: [(DYNAMIC,r)]):64 |"
            + " disk(reservations: [(DYNAMIC,r)])[v:p]<SHARED>:64",
        "type: CREATE create { volumes { @DISK @DYNAMIC @VOLUME"
            + " disk { source { type: MOUNT mount { root: '/m' } } } } } |"
            + " disk(reservations: [(DYNAMIC,r)])[MOUNT:/m]:64 |"
            + " disk(reservations: [(DYNAMIC,r)])[MOUNT:/m,v:p]:64",
        "type: DESTROY destroy { volumes { @DISK @DYNAMIC @VOLUME } } |"
            + " disk(reservations: [(DYNAMIC,r)])[v:p]:64 |"
            + " disk(reservations: [(DYNAMIC,r)]):64",
        "type: GROW_VOLUME grow_volume { volume { @DISK @DYNAMIC @VOLUME }"
            + " addition { @DISK @DYNAMIC } } |"
            + " disk(reservations: [(DYNAMIC,r)])[v:p]:64; disk(reservations: [(DYNAMIC,r)]):64 |"
            + " disk(reservations: [(DYNAMIC,r)])[v:p]:128",
        "type: SHRINK_VOLUME shrink_volume { volume { @DISK @DYNAMIC @VOLUME }"
            + " subtract { value: 24.5 } } |"
            + " disk(reservations: [(DYNAMIC,r)])[v:p]:64 |"
            + " disk(reservations: [(DYNAMIC,r)])[v:p]:39.5;"
            + " disk(reservations: [(DYNAMIC,r)]):24.5",
      })
  void operationsConvert(String text, String consumed, String converted) {
    var conversion = Conversions.of(operation(text)).getFirst();
    assertEquals(consumed, conversion.consumed().toString());
    assertEquals(converted, conversion.converted().toString());
    var applied =
        assertInstanceOf(Conversion.Outcome.Applied.class, conversion.apply(conversion.consumed()));
    assertEquals(conversion.converted(), applied.pool());
  }

  @Test
  void whatIsNotThereCannotBeConverted() {
    var conversion =
        Conversions.of(operation("type: RESERVE reserve { resources { @CPUS @DYNAMIC } }"))
            .getFirst();
    var failed =
        assertInstanceOf(
            Conversion.Outcome.Failed.class,
            conversion.apply(Resources.parse("cpus:0.5;mem:1", "*")));
    assertEquals("cpus:0.5; mem:1 does not contain cpus:1", failed.text());
  }

  @Test
  void aSharedVolumeIsNotDestroyedUnderItsUsers() {
    var create = operation("type: CREATE create { volumes { @DISK @DYNAMIC @VOLUME shared { } } }");
    var volume = Conversions.of(create).getFirst().converted();
    var destroy =
        Conversions.of(
                operation(
                    "type: DESTROY destroy { volumes { @DISK @DYNAMIC @VOLUME shared { } } }"))
            .getFirst();
    assertInstanceOf(Conversion.Outcome.Applied.class, destroy.apply(volume));
    var failed =
        assertInstanceOf(Conversion.Outcome.Failed.class, destroy.apply(volume.plus(volume)));
    assertEquals(
        "Persistent volume disk(reservations: [(DYNAMIC,r)])[v:p]<SHARED>:64 cannot be removed due"
            + " to additional shared copies",
        failed.text());
  }
}
