package io.proffer.api.flags;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

class ExpectingTest {
  @Test
  void aPortToBindMayBeAnyFreeOneAPortToConnectToMayNot() throws Exception {
    assertEquals(0, new Expecting.PortToBind().convert("0"));
    assertEquals(65535, new Expecting.Port().convert("65535"));
    assertEquals(
        "Expected a port from 1 to 65535, or 0 for any free one, but got '99999'",
        refusal(new Expecting.PortToBind(), "99999"));
    assertEquals(
        "Expected a port from 1 to 65535, but got '0'", refusal(new Expecting.Port(), "0"));
  }

  @Test
  void numbersAreWholeAndFitAnInt() throws Exception {
    assertEquals(7, new Expecting.AtLeastOne().convert("7"));
    for (var wrong : new String[] {"0", "-1", "x", "1.5", "", "9999999999"}) {
      assertEquals(
          "Expected a whole number of at least 1, but got '" + wrong + "'",
          refusal(new Expecting.AtLeastOne(), wrong));
    }
  }

  @Test
  void aPositiveDurationIsOneThatTimersCount() throws Exception {
    assertEquals(Duration.ofMillis(1), new Expecting.Positive().convert("1ms"));
    assertEquals(
        "Expected at least 1ms, but got '0secs'", refusal(new Expecting.Positive(), "0secs"));
    assertEquals(
        "Expected at least 1ms, but got '999us'", refusal(new Expecting.Positive(), "999us"));
    assertEquals(
        "Expected no negative duration, but got '-1secs'",
        refusal(new Expecting.Positive(), "-1secs"));
  }

  @Test
  void bytesInMemoryFitAnArray() throws Exception {
    assertEquals(16 << 20, new Expecting.InMemory().convert("16MB").intValue());
    assertEquals(
        "Expected at least 1B and less than 2GB, but got '2GB'",
        refusal(new Expecting.InMemory(), "2GB"));
    assertEquals(
        "Expected at least 1B and less than 2GB, but got '0B'",
        refusal(new Expecting.InMemory(), "0B"));
  }

  @Test
  void theLimitOfAFileIsNoneOrHoldsSomeLines() throws Exception {
    assertEquals(0, new Expecting.FileLimit().convert("0B").value());
    assertEquals(4096, new Expecting.FileLimit().convert("4KB").value());
    assertEquals(
        "Expected at least 4KB, or 0B for no limit, but got '4095B'",
        refusal(new Expecting.FileLimit(), "4095B"));
  }

  private static String refusal(ITypeConverter<?> converter, String text) {
    return assertThrows(TypeConversionException.class, () -> converter.convert(text)).getMessage();
  }
}
