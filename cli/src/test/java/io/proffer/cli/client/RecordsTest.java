package io.proffer.cli.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {
  private static Records records(String text) {
    return new Records(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void recordsFollowEachOtherUntilTheStreamEnds() throws IOException {
    var records = records("2\n{}0\n3\nabc");
    assertArrayEquals("{}".getBytes(StandardCharsets.UTF_8), records.next().orElseThrow());
    assertArrayEquals(new byte[0], records.next().orElseThrow());
    assertArrayEquals("abc".getBytes(StandardCharsets.UTF_8), records.next().orElseThrow());
    assertTrue(records.next().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x\n", "\n", "-1\n", "12345678901\n", "9999999999\n", "268435457\n"})
  void whatIsNoRecordIsAnError(String text) {
    assertThrows(ProtocolException.class, () -> records(text).next());
  }

  @ParameterizedTest
  @ValueSource(strings = {"5\nabc", "12"})
  void aStreamThatBreaksOffInsideARecordIsTold(String text) {
    assertThrows(EOFException.class, () -> records(text).next());
  }
}
