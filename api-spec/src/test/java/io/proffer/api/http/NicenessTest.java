package io.proffer.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Who reads stands behind others, and nobody else does. */
@EnabledOnOs(OS.LINUX)
final class NicenessTest {
  /** Of the fields behind the name, which may hold spaces. */
  private static final int NICE = 16;

  @Test
  void virtualThreadsStandWhereTheyAreSentAndOthersWhereTheyWere() throws Exception {
    var before = nice();
    assumeTrue(before < Niceness.LAST, "there is no place behind that of this process");
    var virtual = new FutureTask<>(NicenessTest::nice);
    Niceness.threads(before + 1).newThread(virtual).start();
    assertEquals(before + 1, virtual.get());
    assertEquals(before, nice());
    var platform = new FutureTask<>(NicenessTest::nice);
    Thread.ofPlatform().start(platform);
    assertEquals(before, platform.get());
  }

  @Test
  void thereAreNoPlacesButThoseOfTheSystem() {
    assertTrue(Niceness.threads(0).newThread(() -> {}).isVirtual());
    assertThrows(IllegalArgumentException.class, () -> Niceness.threads(-1));
    assertThrows(IllegalArgumentException.class, () -> Niceness.threads(20));
  }

  private static int nice() {
    try {
      var stat = Files.readString(Path.of("/proc/thread-self/stat"));
      return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
