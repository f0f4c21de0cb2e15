package io.proffer.kernel;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Durable facts. Each batch is atomic, batches are stored in the order given, and a batch is
 * durable when its stage completes.
 *
 * <p>A stage that fails means the store can no longer be trusted: the owner stops, and reads anew.
 * Stages may complete on any thread. Only one thread may call {@link #append}.
 *
 * @param <E> a fact, as the journal stores it
 */
public interface Journal<E> extends AutoCloseable {
  /** All that is stored, in the order of keys. Blocking; called before the loop starts. */
  List<E> load();

  /**
   * Shows the same one after another, to who need not hold all of it at once. Blocking, in the
   * place of {@link #load}. What {@code each} throws is thrown on, and the journal goes on.
   */
  default void read(Consumer<? super E> each) {
    load().forEach(each);
  }

  /** Stores the batch. Never blocks the caller for the disk. */
  CompletionStage<Void> append(List<E> batch);

  /** Gives space of overwritten and deleted facts back. */
  CompletionStage<Void> compact();

  /** Waits for what was appended, then lets go of the store. */
  @Override
  void close();
}
