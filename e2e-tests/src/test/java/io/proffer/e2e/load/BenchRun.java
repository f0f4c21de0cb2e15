package io.proffer.e2e.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of {@code proffer bench}, from the classes under test. */
final class BenchRun {
  private static final int LIMIT_SECONDS = 900;

  private BenchRun() {}

  /** What it printed; an assertion fails when it did not end with 0. */
  static String of(Path directory, List<String> javaOptions, String... flags)
      throws IOException, InterruptedException {
    var out = directory.resolve("out.txt");
    var err = directory.resolve("err.txt");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Dio.netty.jfr.enabled=false",
            "-XX:+UseSerialGC",
            "-Djava.io.tmpdir=" + directory));
    command.addAll(javaOptions);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "io.proffer.cli.Proffer", "bench"));
    command.addAll(List.of(flags));
    var process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError(String.join(" ", flags) + ": " + Files.readString(err));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return Files.readString(out);
  }
}
