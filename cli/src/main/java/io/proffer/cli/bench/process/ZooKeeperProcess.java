package io.proffer.cli.bench.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A ZooKeeper of one server, {@code proffer zookeeper}, in a process and a directory of its own.
 */
public final class ZooKeeperProcess implements AutoCloseable {
  private static final Duration END = Duration.ofSeconds(10);
  private static final List<String> JAVA_OPTIONS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dio.netty.jfr.enabled=false");

  private final ServiceProcess process;

  private ZooKeeperProcess(ServiceProcess process) {
    this.process = process;
  }

  /** Starts one and waits until it takes connections. */
  public static ZooKeeperProcess start(Path workDir) {
    var process =
        new ServiceProcess("zookeeper", workDir, FreePorts.any(), JAVA_OPTIONS, List.of());
    process.start();
    process.awaitListening();
    return new ZooKeeperProcess(process);
  }

  /** {@code zk://...} of a path in it. */
  public String url(String path) {
    return "zk://127.0.0.1:" + process.port() + path;
  }

  @Override
  public void close() {
    process.end(END);
  }
}
