package io.proffer.master.registry.zookeeper;

import com.google.protobuf.ByteString;
import io.proffer.api.internal.StagedWrites;
import io.proffer.api.zookeeper.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Where a batch waits that is too large for one request.
 *
 * <pre>
 *   pieces, one a write --> the pen says how many: durable --> put in place, write by write
 *                                                               --> pieces removed, pen says none
 * </pre>
 */
final class Stage {
  private final String root;
  private final PenWrites pen;
  private final RegistryLimits limits;

  Stage(String root, PenWrites pen, RegistryLimits limits) {
    this.root = root;
    this.pen = pen;
    this.limits = limits;
  }

  static String path(String root) {
    return root + "/staged";
  }

  /** The node of a piece. */
  static String piece(String root, int number) {
    return path(root) + "/" + number;
  }

  /** From the first piece to the last write. */
  CompletionStage<Void> lay(StagedWrites batch, Shelf shelf) {
    var bytes = batch.toByteString();
    var pieces = new ArrayList<ByteString>();
    for (var from = 0; from < bytes.size(); from += limits.pieceBytes()) {
      pieces.add(bytes.substring(from, Math.min(bytes.size(), from + limits.pieceBytes())));
    }
    var steps = new ArrayList<Supplier<CompletionStage<Void>>>();
    for (var i = 0; i < pieces.size(); i++) {
      var piece = new Change.Create(piece(root, i), pieces.get(i));
      steps.add(() -> pen.write(List.of(piece), 0));
    }
    steps.add(() -> pen.write(List.of(), pieces.size()));
    steps.add(() -> place(batch, pieces.size(), shelf));
    return inOrder(steps);
  }

  /**
   * Puts a batch in place that is durable already. May be done again after a part of it was.
   *
   * @param pieces in how many it lies there
   */
  CompletionStage<Void> place(StagedWrites batch, int pieces, Shelf shelf) {
    var steps = new ArrayList<Supplier<CompletionStage<Void>>>();
    var group = new ArrayList<Change>();
    var bytes = 0;
    for (var entry : batch.getEntriesList()) {
      for (var change : shelf.changes(entry.getKey(), value(entry))) {
        var size = size(change);
        if (!group.isEmpty() && bytes + size > limits.requestBytes()) {
          steps.add(step(group, pieces));
          group.clear();
          bytes = 0;
        }
        group.add(change);
        bytes += size;
      }
    }
    steps.add(step(group, pieces));
    var done = new ArrayList<Change>();
    for (var i = 0; i < pieces; i++) {
      done.add(new Change.Delete(piece(root, i)));
    }
    steps.add(() -> pen.write(done, 0));
    return inOrder(steps)
        .thenRun(() -> batch.getEntriesList().forEach(it -> shelf.put(it.getKey(), value(it))));
  }

  private Supplier<CompletionStage<Void>> step(List<Change> group, int pieces) {
    var changes = List.copyOf(group);
    return () -> pen.write(changes, pieces);
  }

  private static Optional<byte[]> value(StagedWrites.Entry entry) {
    return entry.hasValue() ? Optional.of(entry.getValue().toByteArray()) : Optional.empty();
  }

  private static int size(Change change) {
    return RegistryLimits.CHANGE_BYTES
        + change.path().length()
        + switch (change) {
          case Change.Create(var path, var data) -> data.size();
          case Change.Set(var path, var data, var version) -> data.size();
          case Change.Delete(var path) -> 0;
        };
  }

  private static CompletionStage<Void> inOrder(List<Supplier<CompletionStage<Void>>> steps) {
    CompletionStage<Void> all = CompletableFuture.completedFuture(null);
    for (var step : steps) {
      all = all.thenCompose(done -> step.get());
    }
    return all;
  }
}
