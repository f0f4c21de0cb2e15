package io.proffer.api.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Whether a body is UTF-8, before anything in it is read. Jackson's parser checks less: it takes
 * two bytes for a letter of one, by which a text could be slipped past a comparison.
 */
final class Utf8 {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  static void require(byte[] body) throws JsonFormatException {
    // Nearly all bodies are ASCII, which costs next to nothing to see.
    if (isAscii(body)) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.wrap(body);
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes);
    } catch (CharacterCodingException e) {
      throw JsonFormatException.parse(
          "expecting UTF-8 text, received other bytes from byte "
              + bytes.position()
              + " on: send the body as UTF-8");
    }
  }

  private static boolean isAscii(byte[] body) {
    int at = 0;
    long bits = 0;
    for (; at <= body.length - Long.BYTES; at += Long.BYTES) {
      bits |= (long) EIGHT_BYTES.get(body, at);
    }
    for (; at < body.length; at++) {
      bits |= body[at];
    }
    return (bits & HIGH_BITS) == 0;
  }
}
