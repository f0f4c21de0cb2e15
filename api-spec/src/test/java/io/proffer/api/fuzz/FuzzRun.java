package io.proffer.api.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gives each target to Jazzer, in a JVM of its own, one after the other. Keeps what it learnt below
 * {@code target/fuzz} for the next run, and the inputs that broke something beside it.
 */
public final class FuzzRun {
  private FuzzRun() {}

  /** Minutes for each target, and the names of their classes; 1 when one of them was broken. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var seconds = Math.round(Double.parseDouble(arguments[0]) * 60);
    var broken = new ArrayList<String>();
    for (var target : Arrays.asList(arguments).subList(1, arguments.length)) {
      System.out.println("Fuzzing " + target + " for " + seconds + " s");
      if (run(target, seconds) != 0) {
        broken.add(target);
      }
    }
    if (!broken.isEmpty()) {
      System.err.println("Broken, see target/fuzz: " + String.join(", ", broken));
      System.exit(1);
    }
  }

  private static int run(String target, long seconds) throws IOException, InterruptedException {
    var directory =
        Path.of("target", "fuzz", target.substring(target.lastIndexOf('.') + 1)).toAbsolutePath();
    var corpus = Files.createDirectories(directory.resolve("corpus"));
    var number = 0;
    for (var seed : FuzzTarget.named(target).seeds()) {
      Files.write(corpus.resolve("seed" + number++), seed);
    }
    var command =
        List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED",
            "-Dfuzz.target=" + target,
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + FuzzEntry.class.getName(),
            // Messages are generated code, and so much of it that the first input would take
            // minutes.
            "--instrumentation_includes=io.proffer.**",
            "--instrumentation_excludes=io.proffer.api.v1.**:io.proffer.api.internal.**",
            "-max_total_time=" + seconds,
            "-timeout=60",
            "-max_len=16384",
            "-artifact_prefix=" + directory + "/",
            corpus.toString());
    var log = directory.resolve("log").toFile();
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log)
        .start()
        .waitFor();
  }
}
