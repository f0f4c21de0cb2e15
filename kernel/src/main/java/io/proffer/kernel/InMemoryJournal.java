package io.proffer.kernel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A journal that lasts as long as its process: for throw-away clusters, tests and the simulator.
 * Each batch is "durable" when {@link #append} returns. What it holds can still be loaded after its
 * close, to open it anew.
 */
public final class InMemoryJournal implements Journal<Write> {
  private final TreeMap<String, byte[]> values =
      new TreeMap<>((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)));
  private boolean closed;

  /** An empty one. */
  public InMemoryJournal() {}

  /** One that holds what another {@link #load}s: the same store, opened again. */
  public InMemoryJournal(List<Write> stored) {
    stored.forEach(this::apply);
  }

  @Override
  public synchronized List<Write> load() {
    var all = new ArrayList<Write>(values.size());
    values.forEach((key, value) -> all.add(Write.put(key, value.clone())));
    return all;
  }

  @Override
  public synchronized CompletionStage<Void> append(List<Write> batch) {
    if (closed) {
      return CompletableFuture.failedFuture(closedAlready());
    }
    batch.forEach(this::apply);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<Void> compact() {
    return closed
        ? CompletableFuture.failedFuture(closedAlready())
        : CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private void apply(Write write) {
    write
        .value()
        .ifPresentOrElse(
            value -> values.put(write.key(), value.clone()), () -> values.remove(write.key()));
  }

  private static StoreException closedAlready() {
    return new StoreException("The journal is closed; open it anew to write.");
  }

  private static byte[] utf8(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
