package io.proffer.cli.local;

import io.proffer.cli.client.MasterAddress;
import io.proffer.cli.run.ClusterStarter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;

/** The cluster of {@code proffer run --local}: free ports, nothing stays. */
public final class ThrowAwayCluster implements ClusterStarter {
  private static final int ANY = 0;

  @Override
  public RunningCluster start() throws IOException {
    Logging.quiet();
    var directory = Files.createTempDirectory("proffer-run");
    try {
      // An agent with the resources of this machine: what the command may ask for is its own
      // affair.
      return new Running(
          LocalCluster.start(
              new LocalCluster.Settings(ANY, ANY, directory, 1, "", true, Map.of(), Map.of())),
          directory);
    } catch (RuntimeException failed) {
      remove(directory);
      throw failed;
    }
  }

  private static void remove(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Closed by the end of the run or by a signal; who comes second waits for the first. */
  private static final class Running implements RunningCluster {
    private final LocalCluster cluster;
    private final Path directory;
    private boolean closed;

    Running(LocalCluster cluster, Path directory) {
      this.cluster = cluster;
      this.directory = directory;
    }

    @Override
    public MasterAddress master() {
      return cluster.address();
    }

    @Override
    public synchronized void close() throws IOException {
      if (!closed) {
        closed = true;
        cluster.close();
        remove(directory);
      }
    }
  }
}
