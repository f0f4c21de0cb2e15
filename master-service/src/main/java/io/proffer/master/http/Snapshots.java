package io.proffer.master.http;

import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.fact.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Fetches snapshots for readers. One read at a time is in the loop; readers that come meanwhile
 * wait for the next one together, because a snapshot must be of a turn after the reader asked.
 */
public final class Snapshots {
  /**
   * Somebody who wants a snapshot.
   *
   * @param take gets it
   * @param refused gets what to answer when there is none
   * @param failed gets what {@code take} threw: a reader that fails is no trouble of the others,
   *     nor of the loop whose thread it runs on
   */
  record Reader(
      Consumer<Snapshot> take,
      Consumer<Answer> refused,
      Consumer<? super RuntimeException> failed) {
    void take(Snapshot snapshot) {
      try {
        take.accept(snapshot);
      } catch (RuntimeException e) {
        failed.accept(e);
      }
    }
  }

  private final Predicate<Command> offer;
  private final Pending pending;
  private final int limit;

  private final LongAdder shared = new LongAdder();

  // All below are guarded by this.
  private List<Reader> waiting = new ArrayList<>();
  private boolean reading;

  /**
   * @param offer hands a command to the loop; false when it is full
   * @param limit how many readers may wait for the next read
   */
  public Snapshots(Predicate<Command> offer, Pending pending, int limit) {
    this.offer = offer;
    this.pending = pending;
    this.limit = limit;
  }

  /** Gives the one who asks a snapshot, on any thread; when there is none it is told why. */
  void read(Exchange exchange, Consumer<Snapshot> take) {
    read(new Reader(take, exchange::answer, exchange::fail));
  }

  /** A snapshot for somebody who is no request; fails when there is none. */
  public CompletionStage<Snapshot> next() {
    var result = new CompletableFuture<Snapshot>();
    read(
        new Reader(
            result::complete,
            answer ->
                result.completeExceptionally(
                    new IllegalStateException("the core has no room for a read")),
            result::completeExceptionally));
    return result;
  }

  /** How many reads were answered from a snapshot that another had asked for. */
  public long shared() {
    return shared.sum();
  }

  void read(Reader reader) {
    boolean room;
    boolean first;
    synchronized (this) {
      room = waiting.size() < limit && waiting.add(reader);
      first = room && !reading;
      reading |= first;
    }
    if (!room) {
      reader.refused().accept(Busy.full());
    } else if (first) {
      ask();
    }
  }

  private void ask() {
    List<Reader> readers;
    synchronized (this) {
      readers = waiting;
      waiting = new ArrayList<>();
      if (readers.isEmpty()) {
        reading = false;
        return;
      }
    }
    var replyTo =
        pending.expect(
            snapshot -> {
              shared.add(readers.size() - 1L);
              deliver(readers, reader -> reader.take(snapshot));
            },
            answer -> deliver(readers, reader -> reader.refused().accept(answer)));
    if (!offer.test(new OperatorCommand.Read(replyTo))) {
      pending.forget(replyTo);
      deliver(readers, reader -> reader.refused().accept(Busy.full()));
    }
  }

  private void deliver(List<Reader> readers, Consumer<Reader> news) {
    readers.forEach(news);
    ask();
  }
}
