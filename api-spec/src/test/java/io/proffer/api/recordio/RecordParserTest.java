package io.proffer.api.recordio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class RecordParserTest {
  private static final int MAX = 100;
  private static final List<String> RECORDS =
      List.of("{\"type\":\"HEARTBEAT\"}", "", "5\nhello", "x", "\n\n", "ü€😀");

  private static byte[] stream(List<String> records) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    records.forEach(record -> bytes.writeBytes(RecordEncoder.encode(record.getBytes(UTF_8))));
    return bytes.toByteArray();
  }

  private static List<String> texts(List<byte[]> records) {
    return records.stream().map(record -> new String(record, UTF_8)).toList();
  }

  @Test
  void aRecordIsItsLengthInBytesANewlineAndItsBytes() {
    assertEquals(
        "20\n{\"type\":\"HEARTBEAT\"}",
        new String(RecordEncoder.encode(RECORDS.getFirst().getBytes(UTF_8)), UTF_8));
    assertEquals("2\nü", new String(RecordEncoder.encode("ü".getBytes(UTF_8)), UTF_8));
    assertEquals("0\n", new String(RecordEncoder.encode(new byte[0]), UTF_8));
  }

  @Test
  void aStreamSplitAtAnyTwoPlacesGivesTheSameRecords() throws RecordFormatException {
    byte[] stream = stream(RECORDS);
    for (int first = 0; first <= stream.length; first++) {
      for (int second = first; second <= stream.length; second++) {
        RecordParser parser = new RecordParser(MAX);
        List<byte[]> records = new ArrayList<>(parser.read(stream, 0, first));
        records.addAll(parser.read(stream, first, second));
        records.addAll(parser.read(stream, second, stream.length));
        parser.end();
        assertEquals(RECORDS, texts(records), "split at " + first + " and " + second);
      }
    }
  }

  @Test
  void aStreamThatComesByteByByteGivesTheSameRecords() throws RecordFormatException {
    RecordParser parser = new RecordParser(MAX);
    List<byte[]> records = new ArrayList<>();
    for (byte b : stream(RECORDS)) {
      records.addAll(parser.read(new byte[] {b}));
    }
    parser.end();
    assertEquals(RECORDS, texts(records));
  }

  @Test
  void largeRecordsInPiecesOfAnySizeComeBackWhole() throws RecordFormatException {
    Random random = new Random(7);
    byte[] sent = new byte[1_000_000];
    random.nextBytes(sent);
    byte[] stream = RecordEncoder.encode(sent);
    RecordParser parser = new RecordParser(sent.length);
    List<byte[]> records = new ArrayList<>();
    for (int at = 0; at < stream.length; ) {
      int end = Math.min(stream.length, at + 1 + random.nextInt(40_000));
      records.addAll(parser.read(stream, at, end));
      at = end;
    }
    assertEquals(1, records.size());
    assertEquals(new String(sent, UTF_8), new String(records.getFirst(), UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~\n~ | got byte 0x0a",
        "~ 5\nhello~ | got byte 0x20",
        "-5@hello | got '-'",
        "+5@hello | got '+'",
        "x@hello | got 'x'",
        "5x@hello | got 'x' after '5'",
        "5.0@hello | got '.' after '5'",
        "~5\r\nhello~ | got byte 0x0d after '5'",
        "{\"type\":\"HEARTBEAT\"} | got '{'",
        "ü | got byte 0xc3",
      })
  void aLengthThatIsNoNumberIsRefused(String stream, String reason) {
    RecordParser parser = new RecordParser(MAX);
    byte[] bytes = stream.replace('@', '\n').getBytes(UTF_8);
    assertEquals(
        "Expected the length of a record in decimal digits and a newline, " + reason,
        assertThrows(RecordFormatException.class, () -> parser.read(bytes)).getMessage());
  }

  @Test
  void aRecordOfTheLargestSizeIsTakenAndOneByteMoreIsRefused() throws RecordFormatException {
    RecordParser parser = new RecordParser(MAX);
    assertEquals(1, parser.read(RecordEncoder.encode(new byte[MAX])).size());
    byte[] larger = RecordEncoder.encode(new byte[MAX + 1]);
    assertEquals(
        "Expected a record of at most 100 bytes, got one of 101",
        assertThrows(RecordFormatException.class, () -> parser.read(larger)).getMessage());
  }

  @Test
  void aLengthNoNumberCanHoldIsRefusedWithoutWaitingForItsEnd() {
    // The first has one digit more than is read; as a whole it would exceed a long.
    for (String digits : List.of("9999999999999999999", "9999999999999999999\n")) {
      RecordParser parser = new RecordParser(MAX);
      byte[] bytes = digits.getBytes(UTF_8);
      assertEquals(
          "Expected the length of a record in at most 18 digits, got more: '999999999999999999...'",
          assertThrows(RecordFormatException.class, () -> parser.read(bytes)).getMessage());
    }
  }

  @Test
  void aBrokenStreamStaysBroken() {
    RecordParser parser = new RecordParser(MAX);
    byte[] bad = {'x'};
    String reason = assertThrows(RecordFormatException.class, () -> parser.read(bad)).getMessage();
    byte[] good = RecordEncoder.encode(new byte[1]);
    assertEquals(
        reason, assertThrows(RecordFormatException.class, () -> parser.read(good)).getMessage());
    assertEquals(reason, assertThrows(RecordFormatException.class, parser::end).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5 | The stream ended inside the length of a record, after '5'",
        "5@hell | The stream ended inside a record: expected 5 bytes, got 4",
        "5@ | The stream ended inside a record: expected 5 bytes, got 0",
      })
  void aStreamThatEndsInsideARecordIsToldSo(String stream, String reason)
      throws RecordFormatException {
    RecordParser parser = new RecordParser(MAX);
    assertEquals(0, parser.read(stream.replace('@', '\n').getBytes(UTF_8)).size());
    assertEquals(reason, assertThrows(RecordFormatException.class, parser::end).getMessage());
  }
}
