package io.proffer.master.registry.zookeeper;

import com.google.protobuf.ByteString;
import io.proffer.api.internal.StagedWrites;
import io.proffer.api.zookeeper.Change;
import io.proffer.api.zookeeper.Nodes;
import io.proffer.kernel.Journal;
import io.proffer.kernel.StoreException;
import io.proffer.kernel.Write;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Puts and deletes in ZooKeeper, of one writer at a time: whoever opens it takes the pen from the
 * one before, whose next write then fails.
 *
 * <p>All batches that wait go into one request, as far as they fit; one that does not is laid down
 * in pieces first, then declared durable, then put in place, and finished by the next opening if
 * this writer does not live to do so. So a batch is whole or not there, whatever its size.
 */
public final class ZooKeeperJournal implements Journal<Write> {
  private record Append(
      Map<String, Optional<byte[]>> writes, int bytes, CompletableFuture<Void> done) {}

  private final Nodes nodes;
  private final RegistryLimits limits;
  private final Opened opened;

  // All below is of the thread of the nodes.
  private final ArrayDeque<Append> waiting = new ArrayDeque<>();
  private Optional<StoreException> broken = Optional.empty();
  private boolean writing;
  private CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);

  private ZooKeeperJournal(Nodes nodes, RegistryLimits limits, Opened opened) {
    this.nodes = nodes;
    this.limits = limits;
    this.opened = opened;
  }

  /**
   * Takes the pen, and finishes what the writer before was about. Blocks.
   *
   * @param path of the cluster
   * @param writer who opens it
   * @param cluster its name, checked against the one there; empty for none
   * @throws StoreException when it is of another cluster or a newer version, or cannot be reached
   *     in time; the message says what to do
   */
  public static ZooKeeperJournal open(
      Nodes nodes, String path, Writer writer, String cluster, RegistryLimits limits) {
    return Waiting.on(begin(nodes, path, writer, cluster, limits), limits.timeout());
  }

  /** As {@link #open}, for who may not block. */
  public static CompletionStage<ZooKeeperJournal> begin(
      Nodes nodes, String path, Writer writer, String cluster, RegistryLimits limits) {
    return new Opening(nodes, path, limits)
        .begin(writer, cluster)
        .thenApply(opened -> new ZooKeeperJournal(nodes, limits, opened));
  }

  /**
   * What is there now, read by who may not write, and while another does. Blocks.
   *
   * @throws StoreException when it cannot be reached in time, or changed meanwhile
   */
  public static List<Write> peek(Nodes nodes, String path, RegistryLimits limits) {
    var found =
        new Opening(nodes, path, limits).shelf().thenCompose(shelf -> Opened.read(nodes, shelf));
    return Waiting.on(found, limits.timeout());
  }

  @Override
  public List<Write> load() {
    return Waiting.on(read(), limits.timeout());
  }

  /** As {@link #load}, for who may not block. */
  public CompletionStage<List<Write>> read() {
    return Opened.read(nodes, opened.shelf());
  }

  @Override
  public CompletionStage<Void> append(List<Write> batch) {
    var writes = new LinkedHashMap<String, Optional<byte[]>>();
    var bytes = 0;
    for (var write : batch) {
      // Of each key the last alone: one request may touch a node but once.
      writes.put(write.key(), write.value());
      bytes +=
          KeyNames.name(write.key()).length()
              + write.value().map(it -> it.length).orElse(0)
              + RegistryLimits.CHANGE_BYTES;
    }
    var append = new Append(writes, bytes, new CompletableFuture<>());
    nodes.run(
        () -> {
          if (broken.isPresent()) {
            append.done().completeExceptionally(broken.get());
            return;
          }
          if (waiting.isEmpty() && !writing) {
            idle = new CompletableFuture<>();
          }
          waiting.add(append);
          writeNext();
        });
    return append.done();
  }

  /** There is nothing to give back: a node that is overwritten or deleted is gone. */
  @Override
  public CompletionStage<Void> compact() {
    var done = new CompletableFuture<Void>();
    nodes.run(
        () ->
            broken.ifPresentOrElse(
                failure -> done.completeExceptionally(failure), () -> done.complete(null)));
    return done;
  }

  @Override
  public void close() {
    var drained = new CompletableFuture<CompletableFuture<Void>>();
    nodes.run(() -> drained.complete(idle));
    Waiting.quietly(drained.thenCompose(it -> it), limits.timeout());
    var closed = new CompletableFuture<Void>();
    nodes.run(
        () -> {
          opened.pen().close();
          fail(new StoreException("The journal is closed; open it anew to write."));
          closed.complete(null);
        });
    Waiting.quietly(closed, limits.timeout());
  }

  private void writeNext() {
    if (writing || waiting.isEmpty()) {
      return;
    }
    writing = true;
    var taken = take();
    var writes = new LinkedHashMap<String, Optional<byte[]>>();
    taken.forEach(append -> append.writes().forEach(writes::put));
    var stored =
        taken.getFirst().bytes() > limits.requestBytes()
            ? inPieces(writes)
            : opened.pen().write(changes(writes), 0);
    stored.whenComplete(
        (done, failure) -> {
          writing = false;
          if (failure == null) {
            writes.forEach(opened.shelf()::put);
            taken.forEach(append -> append.done().complete(null));
            if (waiting.isEmpty()) {
              idle.complete(null);
            }
            writeNext();
          } else {
            var why = Waiting.storeException(failure);
            taken.forEach(append -> append.done().completeExceptionally(why));
            fail(why);
          }
        });
  }

  /** As many as fit into one request, at least one. */
  private List<Append> take() {
    var taken = new ArrayList<Append>();
    var bytes = 0;
    while (!waiting.isEmpty()
        && (taken.isEmpty() || bytes + waiting.peek().bytes() <= limits.requestBytes())) {
      bytes += waiting.peek().bytes();
      taken.add(waiting.poll());
    }
    return taken;
  }

  private List<Change> changes(Map<String, Optional<byte[]>> writes) {
    var changes = new ArrayList<Change>();
    writes.forEach((key, value) -> changes.addAll(opened.shelf().changes(key, value)));
    return changes;
  }

  private CompletionStage<Void> inPieces(Map<String, Optional<byte[]>> writes) {
    var staged = StagedWrites.newBuilder();
    writes.forEach(
        (key, value) -> {
          var entry = StagedWrites.Entry.newBuilder().setKey(key);
          value.ifPresent(bytes -> entry.setValue(ByteString.copyFrom(bytes)));
          staged.addEntries(entry);
        });
    return opened.stage().lay(staged.build(), opened.shelf());
  }

  /** For good: who writes on after a failure does not know what is there. */
  private void fail(StoreException why) {
    if (broken.isEmpty()) {
      broken = Optional.of(why);
    }
    waiting.forEach(append -> append.done().completeExceptionally(broken.get()));
    waiting.clear();
    idle.complete(null);
  }
}
