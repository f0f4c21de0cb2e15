package io.proffer.master.registry.zookeeper;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.api.internal.StagedWrites;
import io.proffer.api.zookeeper.Change;
import io.proffer.api.zookeeper.Node;
import io.proffer.api.zookeeper.Nodes;
import io.proffer.api.zookeeper.NodesException;
import io.proffer.kernel.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Takes the pen, then looks what is there: in this order, so that nobody writes any more. */
final class Opening {
  private static final int TRIES = 10;

  private final Nodes nodes;
  private final String root;
  private final String penPath;
  private final RegistryLimits limits;

  Opening(Nodes nodes, String path, RegistryLimits limits) {
    this.nodes = nodes;
    this.root = Pen.root(path);
    this.penPath = Pen.path(root);
    this.limits = limits;
  }

  CompletionStage<Opened> begin(Writer writer, String cluster) {
    return nodes
        .make(root)
        .thenCompose(made -> take(writer, cluster, TRIES))
        .thenCompose(this::look)
        .thenCompose(this::finish);
  }

  private CompletionStage<PenWrites> take(Writer writer, String cluster, int tries) {
    return nodes
        .sync(penPath)
        .thenCompose(synced -> nodes.read(penPath))
        .thenCompose(
            node ->
                node.map(there -> take(there, writer, cluster))
                    .orElseGet(() -> build(cluster).thenApply(made -> null)))
        .handle(
            (taken, failure) -> {
              if (failure == null && taken != null) {
                return CompletableFuture.completedFuture(taken);
              }
              var again =
                  failure == null
                      || switch (NodesException.kind(failure)) {
                        // Another did the same at this moment.
                        case EXISTS, VERSION -> true;
                        case CONNECTION, SESSION, MISSING, DENIED, OTHER -> false;
                      };
              return again && tries > 0
                  ? take(writer, cluster, tries - 1)
                  : CompletableFuture.<PenWrites>failedFuture(
                      // So often it was not there, and could not be made beside what is.
                      failure != null && NodesException.kind(failure) == NodesException.Kind.EXISTS
                          ? Pen.missing(root)
                          : failure);
            })
        .thenCompose(stage -> stage);
  }

  private CompletionStage<PenWrites> take(Node there, Writer writer, String cluster) {
    var pen = Pen.read(root, there.data());
    pen.expect(cluster, root);
    var mine = pen.takenBy(writer.id());
    return nodes
        .commit(List.of(new Change.Set(penPath, mine.bytes(), there.version())))
        .thenApply(
            taken -> new PenWrites(nodes, penPath, writer.mayWrite(), mine, there.version() + 1));
  }

  /** The empty registry, at once or not at all. */
  private CompletionStage<Void> build(String cluster) {
    var all = new ArrayList<Change>();
    all.add(new Change.Create(penPath, Pen.unused(cluster).bytes()));
    all.add(new Change.Create(Stage.path(root), ByteString.EMPTY));
    for (var i = 0; i < KeyNames.BUCKETS; i++) {
      all.add(new Change.Create(root + "/" + KeyNames.bucket(i), ByteString.EMPTY));
    }
    return nodes.commit(all);
  }

  private CompletionStage<Opened> look(PenWrites pen) {
    return shelf().thenApply(shelf -> new Opened(pen, shelf, new Stage(root, pen, limits)));
  }

  /** Which records are there; a moment later others, unless the pen is one's own. */
  CompletionStage<Shelf> shelf() {
    var shelf = new Shelf(root, limits.pieceBytes());
    var looks =
        Stream.iterate(0, i -> i < KeyNames.BUCKETS, i -> i + 1)
            .map(i -> nodes.children(root + "/" + KeyNames.bucket(i)))
            .toList();
    CompletionStage<Shelf> all = CompletableFuture.completedFuture(shelf);
    for (var look : looks) {
      all = all.thenCombine(look, Opening::found);
    }
    return all;
  }

  private static Shelf found(Shelf shelf, List<String> names) {
    names.forEach(shelf::found);
    return shelf;
  }

  /** What the writer before had declared durable is put in place; what it had not is removed. */
  private CompletionStage<Opened> finish(Opened opened) {
    var staged = opened.pen().pen().staged();
    var done = staged > 0 ? place(opened, staged) : clear(opened);
    return done.thenApply(it -> opened);
  }

  private CompletionStage<Void> place(Opened opened, int pieces) {
    CompletionStage<ByteString> all = CompletableFuture.completedFuture(ByteString.EMPTY);
    for (var i = 0; i < pieces; i++) {
      all =
          all.thenCombine(
              nodes.read(Stage.piece(root, i)),
              (before, node) -> before.concat(node.map(Node::data).orElseThrow(this::damaged)));
    }
    return all.thenCompose(
        bytes -> {
          try {
            return opened.stage().place(StagedWrites.parseFrom(bytes), pieces, opened.shelf());
          } catch (InvalidProtocolBufferException e) {
            throw new CompletionException(damaged());
          }
        });
  }

  private CompletionStage<Void> clear(Opened opened) {
    return nodes
        .children(Stage.path(root))
        .thenCompose(
            names ->
                names.isEmpty()
                    ? CompletableFuture.completedFuture(null)
                    : opened
                        .pen()
                        .write(
                            names.stream()
                                .<Change>map(it -> new Change.Delete(Stage.path(root) + "/" + it))
                                .toList(),
                            0));
  }

  private StoreException damaged() {
    return new StoreException(
        "A large write to the registry at %s in ZooKeeper was begun and its pieces are not all there: restore ZooKeeper's data from a copy."
            .formatted(root));
  }
}
