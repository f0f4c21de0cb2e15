package io.proffer.kernel;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * A journal that tells how long each of its writes took, in nanoseconds. A gate has one under way
 * at a time, so whoever is told need not be ready for two at once.
 *
 * @param <E> a fact, as the journal stores it
 */
public final class TimedJournal<E> implements Journal<E> {
  private final Journal<E> journal;
  private final Clock clock;
  private final LongConsumer took;

  public TimedJournal(Journal<E> journal, Clock clock, LongConsumer took) {
    this.journal = journal;
    this.clock = clock;
    this.took = took;
  }

  @Override
  public CompletionStage<Void> append(List<E> batch) {
    var began = clock.monotonicNanos();
    return journal
        .append(batch)
        .whenComplete((stored, cause) -> took.accept(clock.monotonicNanos() - began));
  }

  @Override
  public List<E> load() {
    return journal.load();
  }

  @Override
  public void read(Consumer<? super E> each) {
    journal.read(each);
  }

  @Override
  public CompletionStage<Void> compact() {
    return journal.compact();
  }

  @Override
  public void close() {
    journal.close();
  }
}
