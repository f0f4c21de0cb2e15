package io.proffer.e2e.load;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scenarios of docs/performance.md, for {@code ./mvnw -Pload test}: numbers, not assertions.
 * Wants an idle machine, and is no part of a build.
 */
final class StandardLoad {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--agents=1000 --tasks=200000 --warmup=100000 --concurrency=2000 --format=protobuf",
        "--agents=1000 --tasks=200000 --warmup=100000 --concurrency=2000 --format=json",
        "--scenario=hold --agents=1000 --tasks=100000 --concurrency=2000",
        "--scenario=read --agents=10000 --tasks=100000 --concurrency=5000",
        "--scenario=restart --agents=10000 --tasks=100000 --concurrency=5000",
        "--scenario=restart --agents=40000 --agents_per_connection=1000 --tasks=400000"
            + " --concurrency=5000 --master_java_option=-Xmx8g",
        "--scenario=failover --agents=1000 --tasks=20000",
        "--scenario=failover --agents=40000 --agents_per_connection=1000 --tasks=400000"
            + " --concurrency=5000 --master_java_option=-Xmx8g"
      })
  void prints(String flags) throws Exception {
    var figures = BenchRun.of(directory, List.of(), flags.split(" ", -1));
    System.out.printf("%nproffer bench %s%n%s", flags, figures);
  }
}
