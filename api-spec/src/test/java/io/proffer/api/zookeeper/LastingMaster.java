package io.proffer.api.zookeeper;

import java.util.List;

/** Nodes of masters that end with no session, so that no test hangs on the speed of a machine. */
public final class LastingMaster {
  private LastingMaster() {}

  /**
   * Lays one down.
   *
   * @param number the smallest leads
   * @return its path
   */
  public static String lay(Nodes nodes, String path, int number, int port) {
    var name = "%s/%s%010d".formatted(path, LeaderNodes.LABEL, number);
    var node = new Change.Create(name, LeaderNodes.write(Masters.at(port)));
    nodes.make(path).thenCompose(made -> nodes.commit(List.of(node))).toCompletableFuture().join();
    return name;
  }
}
