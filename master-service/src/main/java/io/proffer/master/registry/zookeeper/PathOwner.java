package io.proffer.master.registry.zookeeper;

import io.proffer.api.zookeeper.LeaderNodes;
import io.proffer.api.zookeeper.Nodes;
import io.proffer.master.registry.UnfitException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Whose a path is. Masters of Apache Mesos contend with nodes of the same names: one of Proffer
 * among them would follow their leader, and be followed by their agents and frameworks when it led.
 */
public final class PathOwner {
  /** What no master of Mesos makes, and each of Proffer before it contends. */
  private static final String OURS = "proffer";

  /** Where masters of Mesos enlist for their replicated log; the node outlives them. */
  private static final String THEIRS = "log_replicas";

  private PathOwner() {}

  /**
   * Fails with {@link UnfitException} when masters of Apache Mesos use it, and with {@link
   * io.proffer.api.zookeeper.NodesException} when it cannot be asked. Else it is Proffer's from now
   * on.
   *
   * @param path of the cluster
   */
  public static CompletionStage<Void> check(Nodes nodes, String path) {
    return nodes
        .children(path)
        .thenCompose(
            names -> {
              var leader = LeaderNodes.first(names);
              if (leader.isPresent() && !names.contains(OURS)) {
                return refused(path, leader.get());
              }
              if (!names.contains(THEIRS)) {
                return nodes.make(path + "/" + OURS);
              }
              return names.contains(OURS) ? whileEmpty(nodes, path) : refused(path, THEIRS);
            });
  }

  private static CompletionStage<Void> whileEmpty(Nodes nodes, String path) {
    return nodes
        .children(path + "/" + THEIRS)
        .thenCompose(
            (List<String> replicas) ->
                replicas.isEmpty()
                    ? CompletableFuture.completedFuture(null)
                    : refused(path, THEIRS + "/" + replicas.getFirst()));
  }

  private static CompletionStage<Void> refused(String path, String node) {
    return CompletableFuture.failedFuture(
        new UnfitException(
            "The path %s in ZooKeeper is used by masters of Apache Mesos (%s is there): give the cluster a path of its own in --zk. If they are gone for good, remove that node."
                .formatted(path, node)));
  }
}
