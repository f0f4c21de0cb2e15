package io.proffer.api.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How amounts leave as text and as the older JSON. */
final class PrintingTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "100, 0.1",
    "64000, 64",
    "4064000, 4064",
    "1, 0.001",
    "-1000, -1",
    "-1, -0.001",
    "100000000, 100000",
    "123456789012345, 123456789012.345",
    "999999999999999999, 1e+15",
    "1234567890123456789, 1.23456789012346e+15",
    "9223372036854775807, 9.22337203685478e+15"
  })
  void thousandthsPrintAsNumbers(long thousandths, String text) {
    assertEquals(text, Thousandths.text(thousandths));
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 100",
    "0.0004, 0",
    "0.0005, 1",
    "-0.0005, -1",
    "2.5, 2500",
    "NaN, 0",
    "Infinity, 9223372036854775807",
    "-Infinity, -9223372036854775807",
    "1e300, 9223372036854775807"
  })
  void numbersBecomeThousandths(double value, long thousandths) {
    assertEquals(thousandths, Thousandths.of(value));
  }

  @Test
  void thousandthsSurviveTheWayThroughDoubles() {
    var random = new SplittableRandom(1);
    for (int i = 0; i < 1_000_000; i++) {
      long thousandths = random.nextLong(1L << 50);
      assertEquals(thousandths, Thousandths.of(Thousandths.toDouble(thousandths)));
    }
  }

  @Test
  void olderEndpointsShowFourScalarsAlways() throws IOException {
    var expected = new LinkedHashMap<String, Object>();
    expected.put("disk", 0.0);
    expected.put("mem", 32.0);
    expected.put("gpus", 0.0);
    expected.put("cpus", 0.3);
    expected.put("bugs", "{a, b}");
    expected.put("cpus_revocable", 1.0);
    expected.put("ports", "[31000-31001]");
    var revocable =
        ResourcesTest.scalar("cpus", 1).toBuilder()
            .setRevocable(io.proffer.api.v1.Resource.RevocableInfo.getDefaultInstance())
            .build();
    var resources =
        Resources.parse("cpus:0.1;cpus(r):0.2;mem:32;ports:[31000-31001];bugs:{b,a}", "*")
            .plus(Resources.of(List.of(revocable)));
    assertEquals(List.copyOf(expected.entrySet()), List.copyOf(shown(resources).entrySet()));
  }

  @Test
  void olderEndpointsShowTheFirstOfTwoTypesOfOneName() throws IOException {
    var resources =
        Resources.parse("mem:{a,b};zinc:1;apples:2", "*").plus(Resources.parse("mem:7", "*"));
    var first = resources.stream().filter(element -> element.name().equals("mem")).findFirst();
    assertEquals(
        first.orElseThrow().amount() instanceof SetAmount ? "{a, b}" : 7.0,
        shown(resources).get("mem"));
    assertEquals(
        List.of("disk", "mem", "gpus", "cpus", "apples", "zinc"),
        List.copyOf(shown(resources).keySet()));
  }

  private static Map<String, Object> shown(Resources resources) throws IOException {
    var shown = new LinkedHashMap<String, Object>();
    LegacyResources.show(
        resources,
        new LegacyResources.Sink() {
          @Override
          public void number(String name, double value) {
            shown.put(name, value);
          }

          @Override
          public void text(String name, String value) {
            shown.put(name, value);
          }
        });
    return shown;
  }
}
