package io.proffer.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarsTest {
  @Test
  void amountsAreExactThousandths() {
    var need = Scalars.parse("cpus:0.1; mem:32;");
    assertEquals(Map.of("cpus", 100L, "mem", 32_000L), need.thousandths());
    assertEquals("cpus:0.1;mem:32", need.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "cpus",
        ":1",
        "cpus:",
        "cpus:x",
        "cpus:0",
        "cpus:-1",
        "cpus:NaN",
        "cpus:0.0001",
        "cpus:1;cpus:2",
        "ports:[1-2]",
        "cpus:1e30"
      })
  void whatIsNoListOfPositiveAmountsIsRefused(String text) {
    var wrong = assertThrows(IllegalArgumentException.class, () -> Scalars.parse(text));
    assertTrue(wrong.getMessage().contains("like cpus:0.1;mem:32"), wrong.getMessage());
  }
}
