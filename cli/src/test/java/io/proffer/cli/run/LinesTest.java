package io.proffer.cli.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinesTest {
  @Test
  void withoutAPrefixEveryByteComesThroughHoweverItIsCut() {
    var random = new Random(7);
    for (int round = 0; round < 200; round++) {
      var bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      assertArrayEquals(bytes, through("", bytes, random));
    }
  }

  @Test
  void aCharacterWhoseLastBytesAreMissingWaitsForThem() {
    var lines = new Lines(new byte[0]);
    var euro = "€".getBytes(StandardCharsets.UTF_8);
    assertArrayEquals(bytes("a"), lines.add(new byte[] {'a', euro[0], euro[1]}));
    assertArrayEquals(bytes("€b"), lines.add(new byte[] {euro[2], 'b'}));
    lines.add(new byte[] {euro[0]});
    assertArrayEquals(new byte[] {euro[0]}, lines.end());
  }

  @Test
  void withAPrefixLinesAreShownWholeAndOtherwiseAsTheyAre() {
    var text = "one\n\ntwo\r\nthr€e\rstill three\nlast";
    assertEquals(
        "[t] one\n[t] \n[t] two\r\n[t] thr€e\rstill three\n[t] last\n",
        new String(
            through("[t] ", text.getBytes(StandardCharsets.UTF_8), new Random(3)),
            StandardCharsets.UTF_8));
  }

  @Test
  void aLineWithoutEndIsShownInPiecesAndNeverKeptWhole() {
    var lines = new Lines(bytes("> "));
    var shown = new ByteArrayOutputStream();
    for (int i = 0; i < 100; i++) {
      shown.writeBytes(lines.add("é".repeat(4000).getBytes(StandardCharsets.UTF_8)));
    }
    shown.writeBytes(lines.end());
    var text = shown.toString(StandardCharsets.UTF_8);
    assertEquals(400_000, text.replaceAll("> |\n", "").length());
    assertTrue(text.lines().allMatch(line -> line.length() <= Lines.LONGEST_LINE / 2 + 2));
    assertTrue(text.indexOf('\uFFFD') < 0);
  }

  private static byte[] through(String prefix, byte[] bytes, Random random) {
    var lines = new Lines(bytes(prefix));
    var shown = new ByteArrayOutputStream();
    int at = 0;
    while (at < bytes.length) {
      int next = Math.min(bytes.length, at + 1 + random.nextInt(5));
      shown.writeBytes(lines.add(Arrays.copyOfRange(bytes, at, next)));
      at = next;
    }
    shown.writeBytes(lines.end());
    return shown.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
