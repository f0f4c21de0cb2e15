package io.proffer.master.watch;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The latest events under their numbers, which begin with 1. One thread adds, any may look, and
 * nobody waits.
 */
final class EventWindow {
  /** What is under a number. */
  sealed interface Found {
    record Here(NumberedEvent event) implements Found {}

    /** Nothing has happened since. */
    record NotYet() implements Found {}

    /** So much has happened since that it is not kept any more. */
    record Gone() implements Found {}
  }

  private final AtomicReferenceArray<NumberedEvent> ring;
  private final long limitBytes;
  private volatile long newest;

  /** Of the thread that adds. */
  private long oldest = 1;

  private long heldBytes;

  /**
   * @param size how many are kept at most
   * @param limitBytes in how much memory; but one is kept however large it is
   */
  EventWindow(int size, long limitBytes) {
    this.ring = new AtomicReferenceArray<>(size);
    this.limitBytes = limitBytes;
  }

  /** The number of the newest event; 0 before the first. */
  long newest() {
    return newest;
  }

  /** Adds the event with the number after the newest. */
  void add(NumberedEvent event) {
    heldBytes += event.heldBytes();
    while (oldest < event.number()
        && (event.number() - oldest >= ring.length() || heldBytes > limitBytes)) {
      heldBytes -= ring.getAndSet(slot(oldest), null).heldBytes();
      oldest++;
    }
    ring.set(slot(event.number()), event);
    newest = event.number();
  }

  Found at(long number) {
    if (number > newest) {
      return new Found.NotYet();
    }
    var event = ring.get(slot(number));
    return event != null && event.number() == number ? new Found.Here(event) : new Found.Gone();
  }

  /**
   * The number of the newest event that came of the first {@code frames} frames; empty when it may
   * be one that is not kept any more.
   */
  OptionalLong lastOf(long frames) {
    for (var number = newest; number > 0; number--) {
      switch (at(number)) {
        case Found.Here(var event) when event.frame() <= frames -> {
          return OptionalLong.of(number);
        }
        case Found.Here ignored -> {}
        case Found.NotYet ignored -> {}
        case Found.Gone ignored -> {
          return OptionalLong.empty();
        }
      }
    }
    return OptionalLong.of(0);
  }

  private int slot(long number) {
    return (int) (number % ring.length());
  }
}
