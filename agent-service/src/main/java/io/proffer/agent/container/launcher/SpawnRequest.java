package io.proffer.agent.container.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;

/** How a spawner is asked for a supervisor; {@code spawner.c} says what is where. */
final class SpawnRequest {
  private static final int HEAD_BYTES = 12;

  /** The letters that the JDK itself gives to programs. */
  private static final Charset LETTERS =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private SpawnRequest() {}

  /**
   * The bytes of one.
   *
   * @throws IOException when an argument cannot be given to a program
   */
  static byte[] encode(int number, ProcessBuilder supervisor) throws IOException {
    var strings = new ByteArrayOutputStream();
    for (var argument : supervisor.command()) {
      // Of the environment, the JDK sees to it when it is put there.
      if (argument.indexOf('\0') >= 0) {
        throw new IOException("invalid null character in command");
      }
      add(strings, argument);
    }
    for (var variable : supervisor.environment().entrySet()) {
      add(strings, variable.getKey() + "=" + variable.getValue());
    }
    var bytes = new byte[HEAD_BYTES + strings.size()];
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.nativeOrder())
        .putInt(number)
        .putInt(supervisor.command().size())
        .putInt(strings.size())
        .put(strings.toByteArray());
    return bytes;
  }

  private static void add(ByteArrayOutputStream strings, String string) {
    strings.writeBytes(string.getBytes(LETTERS));
    strings.write(0);
  }
}
