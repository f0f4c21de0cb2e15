package io.proffer.master.http.piece;

import java.io.IOException;
import java.time.Duration;
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
  private final long restNanos;
  private final LongSupplier nanos;
  private final Map<K, Place> places = new ConcurrentHashMap<>();

  /** Makes the pieces of a document. */
  @FunctionalInterface
  public interface Maker {
    List<Piece> make(Fragments fragments) throws IOException;
  }

  private static final class Place {
    final ReentrantLock lock = new ReentrantLock();
    Optional<Edition> edition = Optional.empty();
    long version;
    long usedNanos;
  }

  /**
   * @param rest an edition nobody asked for in this time need not be kept
   * @param nanos the monotonic clock
   */
  public Editions(Fragments fragments, Duration rest, LongSupplier nanos) {
    this.fragments = fragments;
    this.restNanos = rest.toNanos();
    this.nanos = nanos;
  }

  /**
   * The edition of this version. Who asks for an older one than there is gets one that is not kept.
   * Encodes what is new: not for event loops.
   */
  public Edition of(K name, long version, Maker maker) throws IOException {
    var place = places.computeIfAbsent(name, ignored -> new Place());
    place.lock.lock();
    try {
      place.usedNanos = nanos.getAsLong();
      var before = place.edition;
      if (before.isPresent() && place.version == version) {
        return before.get();
      }
      var made = Edition.of(fragments, maker.make(fragments), before);
      if (before.isPresent() && version < place.version) {
        made.release(before);
      } else {
        place.edition = Optional.of(made);
        place.version = version;
        before.ifPresent(old -> old.release(place.edition));
      }
      return made;
    } finally {
      place.lock.unlock();
    }
  }

  /** Lets go of what nobody asked for lately. */
  public void rest() {
    var before = nanos.getAsLong() - restNanos;
    for (var place : places.values()) {
      place.lock.lock();
      try {
        if (place.usedNanos - before < 0) {
          place.edition.ifPresent(edition -> edition.release(Optional.empty()));
          place.edition = Optional.empty();
        }
      } finally {
        place.lock.unlock();
      }
    }
    fragments.rest();
  }
}
