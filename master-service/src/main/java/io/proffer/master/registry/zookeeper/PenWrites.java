package io.proffer.master.registry.zookeeper;

import io.proffer.api.zookeeper.Change;
import io.proffer.api.zookeeper.Node;
import io.proffer.api.zookeeper.Nodes;
import io.proffer.api.zookeeper.NodesException;
import io.proffer.kernel.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * Writes under the pen, one after the other. Of the thread of the nodes.
 *
 * <pre>
 *   send: pen as left --> next, and all changes, or nothing
 *     | no answer, or the pen is another
 *   look: as left --> send again;  next --> it was written;  else another master writes: fail
 * </pre>
 */
final class PenWrites {
  private static final Duration RETRY = Duration.ofMillis(250);

  /** So often a connection may break while one write is under way, and it is still chance. */
  private static final int BREAKS = 5;

  private final Nodes nodes;
  private final String path;
  private final BooleanSupplier mayWrite;
  private Pen pen;
  private int version;
  private boolean closed;

  /**
   * @param path of the pen
   * @param mayWrite whether this master leads still: else nothing is tried again
   * @param pen as this writer has just taken it
   * @param version of its node
   */
  PenWrites(Nodes nodes, String path, BooleanSupplier mayWrite, Pen pen, int version) {
    this.nodes = nodes;
    this.path = path;
    this.mayWrite = mayWrite;
    this.pen = pen;
    this.version = version;
  }

  Pen pen() {
    return pen;
  }

  /** No write is tried again any more. */
  void close() {
    closed = true;
  }

  /**
   * Makes all changes, or fails with {@link StoreException}.
   *
   * @param staged what the pen says then of pieces to be put in place
   */
  CompletionStage<Void> write(List<Change> changes, int staged) {
    var next = pen.next(staged);
    var all = new ArrayList<Change>(changes.size() + 1);
    all.add(new Change.Set(path, next.bytes(), version));
    all.addAll(changes);
    var done = new CompletableFuture<Void>();
    send(new Attempt(all, next, done), 0);
    return done;
  }

  /** One write, until it is known what became of it. */
  private record Attempt(List<Change> changes, Pen next, CompletableFuture<Void> done) {}

  /**
   * @param breaks how often the connection broke while it was under way
   */
  private void send(Attempt attempt, int breaks) {
    nodes
        .commit(attempt.changes())
        .whenComplete(
            (written, failure) -> {
              if (failure == null) {
                wrote(attempt.next(), attempt.done());
                return;
              }
              switch (NodesException.kind(failure)) {
                case CONNECTION, SESSION -> lookLater(attempt, breaks + 1);
                case VERSION -> look(attempt, breaks);
                case EXISTS, MISSING, DENIED, OTHER -> fail(attempt.done(), failure.getMessage());
              }
            });
  }

  private void wrote(Pen next, CompletableFuture<Void> done) {
    pen = next;
    version++;
    done.complete(null);
  }

  private void lookLater(Attempt attempt, int breaks) {
    if (isOver(attempt)) {
      return;
    }
    nodes.after(RETRY, () -> look(attempt, breaks));
  }

  /** Nobody waits for a master that leads no longer, nor for one that ends. */
  private boolean isOver(Attempt attempt) {
    if (closed) {
      fail(attempt.done(), "it was closed while ZooKeeper did not answer");
    } else if (!mayWrite.getAsBoolean()) {
      fail(attempt.done(), "ZooKeeper did not answer while this master led");
    }
    return attempt.done().isDone();
  }

  private void look(Attempt attempt, int breaks) {
    nodes
        .sync(path)
        .thenCompose(synced -> nodes.read(path))
        .whenComplete(
            (node, failure) -> {
              if (failure != null) {
                lookLater(attempt, breaks);
              } else {
                seen(node, attempt, breaks);
              }
            });
  }

  private void seen(Optional<Node> node, Attempt attempt, int breaks) {
    if (node.isPresent() && node.get().data().equals(attempt.next().bytes())) {
      wrote(attempt.next(), attempt.done());
    } else if (node.isEmpty() || node.get().version() != version) {
      fail(attempt.done(), "another master has taken over: this one must not write any more");
    } else if (breaks >= BREAKS) {
      fail(
          attempt.done(),
          "the connection broke each of %d times that one write of %d changes was sent, and works otherwise: is jute.maxbuffer of ZooKeeper's servers below --registry_request_bytes?"
              .formatted(breaks, attempt.changes().size()));
    } else if (!isOver(attempt)) {
      send(attempt, breaks);
    }
  }

  private void fail(CompletableFuture<Void> done, String why) {
    done.completeExceptionally(
        new StoreException(
            "The registry below %s in ZooKeeper was not written: %s".formatted(path, why)));
  }
}
