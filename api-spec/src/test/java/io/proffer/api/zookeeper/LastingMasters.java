package io.proffer.api.zookeeper;

import java.time.Duration;
import java.util.List;

/**
 * Nodes of masters that end with no session, so that no test hangs on the speed of a machine; in a
 * server of ZooKeeper of their own.
 */
public final class LastingMasters implements AutoCloseable {
  private static final Duration SESSION = Duration.ofSeconds(4);

  private final OneServer server = OneServer.start();
  private final String path;
  private final CuratorNodes nodes;

  /**
   * @param path under which they are looked for
   */
  public LastingMasters(String path) {
    this.path = path;
    this.nodes = CuratorNodes.open(server.url(path), SESSION);
  }

  /** The server they are in. */
  public OneServer server() {
    return server;
  }

  /** Where they are looked for. */
  public ZooKeeperUrl url() {
    return server.url(path);
  }

  /**
   * Lays one down.
   *
   * @param number the smallest leads
   * @return its path
   */
  public String lay(int number, int port) {
    var name = "%s/%s%010d".formatted(path, LeaderNodes.LABEL, number);
    var node = new Change.Create(name, LeaderNodes.write(Masters.at(port)));
    make(path);
    nodes.commit(List.of(node)).toCompletableFuture().join();
    return name;
  }

  /** Makes a node that is of no master. */
  public void make(String node) {
    nodes.make(node).toCompletableFuture().join();
  }

  /** Takes one away. */
  public void remove(String node) {
    nodes.remove(node).toCompletableFuture().join();
  }

  @Override
  public void close() {
    nodes.close();
    server.close();
  }
}
