package io.proffer.master.http;

import io.proffer.master.core.command.Command;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.fact.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
   * @param take gets it, or nothing when the master is too busy
   * @param failed gets what {@code take} threw: a reader that fails is no trouble of the others,
   *     nor of the loop whose thread it runs on
   */
  private record Reader(
      Consumer<Optional<Snapshot>> take, Consumer<? super RuntimeException> failed) {
    void accept(Optional<Snapshot> snapshot) {
      try {
        take.accept(snapshot);
      } catch (RuntimeException e) {
        failed.accept(e);
      }
    }
  }

  private final Predicate<Command> offer;
  private final Pending pending;

  // All below are guarded by this.
  private List<Reader> waiting = new ArrayList<>();
  private boolean reading;

  /**
   * @param offer hands a command to the loop; false when it is full
   */
  public Snapshots(Predicate<Command> offer, Pending pending) {
    this.offer = offer;
    this.pending = pending;
  }

  /**
   * Gives the reader a snapshot, on any thread; nothing when the master is too busy.
   *
   * @param failed gets what the reader throws
   */
  public void read(Consumer<Optional<Snapshot>> reader, Consumer<? super RuntimeException> failed) {
    synchronized (this) {
      waiting.add(new Reader(reader, failed));
      if (reading) {
        return;
      }
      reading = true;
    }
    ask();
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
    var replyTo = pending.expect(snapshot -> deliver(readers, snapshot));
    if (!offer.test(new OperatorCommand.Read(replyTo))) {
      pending.forget(replyTo);
      deliver(readers, Optional.empty());
    }
  }

  private void deliver(List<Reader> readers, Optional<Snapshot> snapshot) {
    readers.forEach(reader -> reader.accept(snapshot));
    ask();
  }
}
