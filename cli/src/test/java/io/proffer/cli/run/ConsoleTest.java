package io.proffer.cli.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void outputIsNotTouched() {
    var console = new Console(out, err, StandardCharsets.UTF_8, true);
    console.output(false, new byte[] {0, -1, '\n', -61});
    console.output(true, new byte[] {-2});
    console.progress("unheard");
    assertArrayEquals(new byte[] {0, -1, '\n', -61}, out.toByteArray());
    assertArrayEquals(new byte[] {-2}, err.toByteArray());
    assertFalse(console.lost());
  }

  @Test
  void aReaderThatHasGoneIsToldOnceAndRemembered() {
    var broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    var console = new Console(broken, err, StandardCharsets.UTF_8, false);
    console.output(false, new byte[] {1});
    console.output(false, new byte[] {2});
    assertTrue(console.lost());
    assertEquals(
        "proffer run: standard output takes no more (Broken pipe); what else tasks write to it is"
            + " lost.\n",
        err.toString(StandardCharsets.UTF_8));
  }
}
