package io.proffer.master.http.piece;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The newest edition of each document that many read: made by the first one who asks for it, while
 * the others wait for that.
 *
 * @param <K> names documents; there must be few
 */
public final class Editions<K> {
  private final Fragments fragments;
  private final LongSupplier nanos;
  private final Map<K, Place> places = new ConcurrentHashMap<>();

  /** Makes the pieces of a document. */
  @FunctionalInterface
  public interface Maker {
    List<Piece> make(Fragments fragments) throws IOException;
  }

  private static final class Place {
    final ReentrantLock lock = new ReentrantLock();

    /** Used under the lock. */
    final Settling settling = new Settling();

    /** Written under the lock. */
    volatile Optional<Kept> kept = Optional.empty();

    volatile long usedNanos;
  }

  private record Kept(long version, Edition edition) {}

  /**
   * @param fragments which are of these editions alone, and rest with them
   * @param nanos the monotonic clock
   */
  public Editions(Fragments fragments, LongSupplier nanos) {
    this.fragments = fragments;
    this.nanos = nanos;
    fragments.heldBy(this::beforeSweep);
  }

  /**
   * The edition of this version, or of a later one that is there already: that is true, and of a
   * turn after the one who asks came, too. Encodes what is new: not for event loops.
   */
  public Edition of(K name, long version, Maker maker) throws IOException {
    var place = place(name);
    place.lock.lock();
    try {
      var before = place.kept;
      if (before.isPresent() && before.get().version() >= version) {
        return before.get().edition();
      }
      var old = before.map(Kept::edition);
      var pieces = maker.make(fragments);
      var spare = old.map(Edition::ownBytes).orElse(0L);
      var settled = place.settling.settle(fragments, pieces, spare);
      var made = Edition.of(fragments, settled.orElse(pieces), old);
      // Both of them may be more than there is room for.
      old.ifPresent(edition -> edition.release(Optional.of(made)));
      if (made.keep()) {
        place.kept = Optional.of(new Kept(version, made));
      } else {
        place.kept = Optional.empty();
        made.close(Optional.empty());
      }
      return made;
    } finally {
      place.lock.unlock();
    }
  }

  /** Somebody asked for it, and had it already. */
  public void use(K name) {
    place(name);
  }

  private Place place(K name) {
    var place = places.computeIfAbsent(name, ignored -> new Place());
    place.usedNanos = nanos.getAsLong();
    return place;
  }

  /** Lets go of what nobody asked for lately. */
  public void rest() {
    fragments.rest();
  }

  private void beforeSweep(long nowNanos, long sinceNanos) {
    for (var place : places.values()) {
      if (place.usedNanos - sinceNanos >= 0) {
        place.kept.ifPresent(kept -> kept.edition().touch(nowNanos));
      } else if (!place.lock.isHeldByCurrentThread() && place.lock.tryLock()) {
        // Whoever holds it has just asked, and touches its rows: that may be this thread, which
        // makes the next edition and lets go of this one then.
        try {
          place.kept.ifPresent(kept -> kept.edition().release(Optional.empty()));
          place.kept = Optional.empty();
        } finally {
          place.lock.unlock();
        }
      }
    }
  }
}
