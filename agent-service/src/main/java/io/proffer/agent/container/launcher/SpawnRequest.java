package io.proffer.agent.container.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How a spawner is asked for a supervisor; {@code spawner.c} says what is where. */
final class SpawnRequest {
  private static final int HEAD_BYTES = 12;

  /** Its own name, and the two directories that it gets first. */
  private static final int FILES = 3;

  private SpawnRequest() {}

  /**
   * The bytes of one. A command is what its framework wrote, whatever letters the agent's locale
   * has: the JDK would put question marks for others.
   *
   * @throws IOException when an argument cannot be given to a program
   */
  static byte[] encode(int number, ProcessBuilder supervisor) throws IOException {
    var strings = new ByteArrayOutputStream();
    var arguments = supervisor.command();
    for (var i = 0; i < arguments.size(); i++) {
      var argument = arguments.get(i);
      // Of the environment, the JDK sees to it when it is put there.
      if (argument.indexOf('\0') >= 0) {
        throw new IOException("invalid null character in command");
      }
      add(strings, argument, i < FILES ? Processes.LETTERS : StandardCharsets.UTF_8);
    }
    for (var variable : supervisor.environment().entrySet()) {
      add(strings, variable.getKey() + "=" + variable.getValue(), StandardCharsets.UTF_8);
    }
    var bytes = new byte[HEAD_BYTES + strings.size()];
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.nativeOrder())
        .putInt(number)
        .putInt(arguments.size())
        .putInt(strings.size())
        .put(strings.toByteArray());
    return bytes;
  }

  private static void add(ByteArrayOutputStream strings, String string, Charset letters) {
    strings.writeBytes(string.getBytes(letters));
    strings.write(0);
  }
}
