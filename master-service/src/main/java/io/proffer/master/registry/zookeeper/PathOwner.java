package io.proffer.master.registry.zookeeper;

import io.proffer.api.zookeeper.LeaderNodes;
import io.proffer.api.zookeeper.Nodes;
import io.proffer.master.registry.UnfitException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose a path is. Masters of Apache Mesos contend with nodes of the same names: one of Proffer
 * among them would follow their leader, and be followed by their agents and frameworks when it led.
 * And what keeps its data there may not bear nodes that it has not made.
 */
public final class PathOwner {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.master");

  /** What no master of Mesos makes, and each of Proffer before it contends. */
  private static final String OURS = "proffer";

  /** What lies in it once masters of Proffer have run, and not when it is a cluster's own path. */
  private static final Set<String> USED = Set.of("registry", "vertx");

  /** Where masters of Mesos enlist for their replicated log; the node outlives them. */
  private static final String THEIRS = "log_replicas";

  private final Nodes nodes;
  private final String path;
  private final AtomicReference<String> told = new AtomicReference<>("");

  /**
   * @param path of the cluster
   */
  public PathOwner(Nodes nodes, String path) {
    this.nodes = nodes;
    this.path = path;
  }

  /**
   * Fails with {@link UnfitException} when masters of Apache Mesos use it, or it holds what else is
   * of somebody else and no cluster of Proffer yet; with {@link
   * io.proffer.api.zookeeper.NodesException} when it cannot be asked. Else it is Proffer's from now
   * on.
   */
  public CompletionStage<Void> check() {
    return nodes
        .children(path)
        .thenCompose(
            names ->
                noMesos(names)
                    .thenCompose(free -> noStranger(names))
                    .thenCompose(free -> nodes.make(path + "/" + OURS)));
  }

  private CompletionStage<Void> noMesos(List<String> names) {
    if (names.contains(OURS)) {
      return names.contains(THEIRS) ? noReplica() : fine();
    }
    var theirs = names.stream().filter(THEIRS::equals).findFirst();
    return LeaderNodes.first(names).or(() -> theirs).map(this::ofMesos).orElseGet(PathOwner::fine);
  }

  private CompletionStage<Void> noReplica() {
    return nodes
        .children(path + "/" + THEIRS)
        .thenCompose(
            replicas -> replicas.isEmpty() ? fine() : ofMesos(THEIRS + "/" + replicas.getFirst()));
  }

  private CompletionStage<Void> noStranger(List<String> names) {
    return names.stream()
        .filter(name -> !name.equals(OURS) && !name.equals(THEIRS))
        .filter(name -> LeaderNodes.sequence(name).isEmpty())
        .min(Comparator.naturalOrder())
        .map(this::besides)
        .orElseGet(PathOwner::fine);
  }

  /** A cluster that has lived beside it so far is not ended for it. */
  private CompletionStage<Void> besides(String stranger) {
    return nodes
        .children(path + "/" + OURS)
        .thenCompose(
            ours -> {
              if (ours.stream().noneMatch(USED::contains)) {
                return refused(
                    "The path %s in ZooKeeper holds what is not of Proffer (%s is there): give the cluster a path of its own in --zk. If nobody needs that node, remove it."
                        .formatted(path, stranger));
              }
              if (!told.getAndSet(stranger).equals(stranger)) {
                LOG.warn(
                    "The path {} in ZooKeeper holds what is not of Proffer beside this cluster ({} is"
                        + " there): have whoever made that node use another path. If nobody needs it,"
                        + " remove it.",
                    path,
                    stranger);
              }
              return fine();
            });
  }

  private CompletionStage<Void> ofMesos(String node) {
    return refused(
        "The path %s in ZooKeeper is used by masters of Apache Mesos (%s is there): give the cluster a path of its own in --zk. If they are gone for good, remove that node."
            .formatted(path, node));
  }

  private static CompletionStage<Void> refused(String why) {
    return CompletableFuture.failedFuture(new UnfitException(why));
  }

  private static CompletionStage<Void> fine() {
    return CompletableFuture.completedFuture(null);
  }
}
