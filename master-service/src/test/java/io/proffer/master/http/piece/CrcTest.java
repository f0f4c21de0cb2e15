package io.proffer.master.http.piece;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class CrcTest {
  @Test
  void sumsJoinToTheSumOfTheWhole() {
    var random = new Random(5);
    for (var i = 0; i < 500; i++) {
      var bytes = new byte[random.nextInt(5000)];
      random.nextBytes(bytes);
      var at = random.nextInt(bytes.length + 1);
      var first = Arrays.copyOf(bytes, at);
      var second = Arrays.copyOfRange(bytes, at, bytes.length);

      assertEquals(crc(bytes), Crc.join(crc(first), crc(second), second.length));
    }
  }

  private static int crc(byte[] bytes) {
    var sum = new CRC32();
    sum.update(bytes);
    return (int) sum.getValue();
  }
}
