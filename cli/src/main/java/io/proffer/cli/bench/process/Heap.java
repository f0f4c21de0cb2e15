package io.proffer.cli.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The heap of another JVM, through its {@code jcmd}. */
public final class Heap {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  private Heap() {}

  /** Bytes of live objects, after a collection of all; empty without a jcmd. */
  public static OptionalLong liveBytes(long pid) {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(jcmd)) {
      return OptionalLong.empty();
    }
    run(jcmd, pid, "GC.run");
    return used(run(jcmd, pid, "GC.heap_info"));
  }

  /** What the generations of a heap use together; the classes' space is no heap. */
  static OptionalLong used(String heapInfo) {
    long kilobytes = 0;
    boolean found = false;
    for (var line : heapInfo.lines().map(String::strip).toList()) {
      var matcher = USED.matcher(line);
      if (!line.startsWith("Metaspace") && !line.startsWith("class space") && matcher.find()) {
        kilobytes += Long.parseLong(matcher.group(1));
        found = true;
      }
    }
    return found ? OptionalLong.of(1024 * kilobytes) : OptionalLong.empty();
  }

  private static String run(Path jcmd, long pid, String what) {
    try {
      var process =
          new ProcessBuilder(jcmd.toString(), String.valueOf(pid), what)
              .redirectErrorStream(true)
              .start();
      var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return text;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
