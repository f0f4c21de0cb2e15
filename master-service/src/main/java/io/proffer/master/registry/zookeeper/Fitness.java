package io.proffer.master.registry.zookeeper;

import com.google.protobuf.ByteString;
import io.proffer.api.zookeeper.Change;
import io.proffer.api.zookeeper.Node;
import io.proffer.api.zookeeper.Nodes;
import io.proffer.api.zookeeper.NodesException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Whether a master could write the registry if it led, found out without writing. */
public final class Fitness {
  /** A version that no node has: a write with it is refused, by who may not write sooner. */
  private static final int NO_VERSION = Integer.MAX_VALUE;

  private final Nodes nodes;
  private final String root;
  private final String penPath;

  private Fitness(Nodes nodes, String path) {
    this.nodes = nodes;
    this.root = Pen.root(path);
    this.penPath = Pen.path(root);
  }

  /**
   * Fails with {@link io.proffer.master.registry.UnfitException} when what is there is of another
   * cluster, a newer version, or nobody we know, and with {@link NodesException} when it cannot be
   * asked or these credentials may not write. Done when there is none yet.
   *
   * @param path of the cluster
   * @param cluster its name; empty for none
   */
  public static CompletionStage<Void> check(Nodes nodes, String path, String cluster) {
    return new Fitness(nodes, path).check(cluster);
  }

  private CompletionStage<Void> check(String cluster) {
    return pen()
        .thenCompose(
            pen ->
                pen.isPresent()
                    ? check(pen.get(), cluster)
                    : nodes
                        .children(root)
                        .thenCompose(names -> names.isEmpty() ? done() : again(cluster)));
  }

  /** It was built at this moment, or its pen is lost. */
  private CompletionStage<Void> again(String cluster) {
    return pen()
        .thenCompose(
            pen ->
                pen.isPresent()
                    ? check(pen.get(), cluster)
                    : CompletableFuture.failedFuture(Pen.missing(root)));
  }

  private CompletionStage<Void> check(Node pen, String cluster) {
    Pen.read(root, pen.data()).expect(cluster, root);
    return nodes
        .commit(List.of(new Change.Set(penPath, ByteString.EMPTY, NO_VERSION)))
        .exceptionallyCompose(
            refused ->
                switch (NodesException.kind(refused)) {
                  case VERSION -> done();
                  case CONNECTION, SESSION, EXISTS, MISSING, DENIED, OTHER ->
                      CompletableFuture.failedFuture(refused);
                });
  }

  private CompletionStage<Optional<Node>> pen() {
    return nodes.sync(penPath).thenCompose(synced -> nodes.read(penPath));
  }

  private static CompletionStage<Void> done() {
    return CompletableFuture.completedFuture(null);
  }
}
