package io.proffer.master.http.piece;

import io.proffer.api.http.Niceness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Keeps encoded rows, so that each is encoded once per change: a changed row is another object. At
 * most so many bytes, a quarter of them for what is packed of these rows alone; when they are full,
 * what nobody asked for lately goes, and if that is not enough new rows are encoded when they are
 * written, and not kept. So a cache that is too small for a document that is read again and again
 * keeps its part of it, instead of turning over all the time.
 */
public final class Fragments {
  /** What a row takes beside its bytes: two objects, and its place in the table. */
  private static final int OVERHEAD_BYTES = 80;

  /** Of rows that are encoded together, before it is seen whether there is room for them. */
  private static final long BYTES_AT_ONCE = 2 * 1024 * 1024;

  /** As long as nobody knows how large they are. */
  private static final int ROWS_AT_FIRST = 64;

  private static final int ROWS_AT_ONCE = 4096;

  /** Of the rest time: in need, what was read less recently than this part of it goes too. */
  private static final int IN_NEED = 4;

  /** Of the limit: what rows leave for what is packed of them, which is less and dearer. */
  private static final double ROWS_SHARE = 0.75;

  private final long limitBytes;
  private final long rowsBytes;
  private final long restNanos;
  private final LongSupplier nanos;
  private final Together together;
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong encoded = new AtomicLong();
  private final Map<Form<?>, Shelf> shelves = new ConcurrentHashMap<>();
  private volatile Keeper keeper = (now, since) -> {};

  /** Somebody who holds on to rows beside the shelves. */
  @FunctionalInterface
  interface Keeper {
    /**
     * Told before rows are let go of: those it still needs it touches, the others it lets go of.
     *
     * @param nowNanos the time of a touch
     * @param sinceNanos what was not asked for since then is to go
     */
    void beforeSweep(long nowNanos, long sinceNanos);
  }

  /** The rows of one form. */
  private static final class Shelf {
    final ReentrantLock lock = new ReentrantLock();
    final IdentityHashMap<Object, Fragment> rows = new IdentityHashMap<>();

    /** When it last made others make room: soon after, a sweep would find what that one left. */
    long sweptNanos;

    Shelf(long sweptNanos) {
      this.sweptNanos = sweptNanos;
    }
  }

  /**
   * @param limitBytes how much is kept at most; 0 for nothing
   * @param rest what nobody asked for in this time need not be kept
   * @param nanos the monotonic clock
   */
  public Fragments(long limitBytes, Duration rest, LongSupplier nanos) {
    this(limitBytes, rest, nanos, Niceness.threads(0));
  }

  /**
   * @param limitBytes how much is kept at most; 0 for nothing
   * @param rest what nobody asked for in this time need not be kept
   * @param nanos the monotonic clock
   * @param helpers threads that encode beside the reader's own, when there is much
   */
  public Fragments(long limitBytes, Duration rest, LongSupplier nanos, ThreadFactory helpers) {
    this.together = new Together(helpers);
    this.limitBytes = limitBytes;
    this.rowsBytes = (long) (limitBytes * ROWS_SHARE);
    this.restNanos = rest.toNanos();
    this.nanos = nanos;
  }

  /** The pieces of these rows, in order. Encodes those it does not know: not for event loops. */
  public <R> List<Piece> of(Form<R> form, Iterable<? extends R> rows) {
    var pieces = new ArrayList<Piece>();
    if (!form.kept() || limitBytes == 0) {
      rows.forEach(row -> pieces.add(new Later<>(form, row)));
      return pieces;
    }
    var now = nanos.getAsLong();
    var shelf = shelves.computeIfAbsent(form, ignored -> new Shelf(now - restNanos));
    shelf.lock.lock();
    try {
      var missing = new Missing<R>(form, shelf, now, pieces);
      for (var row : rows) {
        var found = shelf.rows.get(row);
        if (found == null) {
          missing.add(row);
        } else {
          found.use(now);
          pieces.add(found);
        }
      }
      missing.encode();
    } finally {
      shelf.lock.unlock();
    }
    return pieces;
  }

  /** Rows that are not on their shelf yet, and their places among the pieces. */
  private final class Missing<R> {
    private final Form<R> form;
    private final Shelf shelf;
    private final long now;
    private final List<Piece> pieces;
    private final List<R> rows = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private int atOnce = ROWS_AT_FIRST;

    Missing(Form<R> form, Shelf shelf, long now, List<Piece> pieces) {
      this.form = form;
      this.shelf = shelf;
      this.now = now;
      this.pieces = pieces;
    }

    void add(R row) {
      rows.add(row);
      places.add(pieces.size());
      pieces.add(new Later<>(form, row));
      if (rows.size() >= atOnce) {
        encode();
      }
    }

    /** Those that have room; what is encoded beyond it was for nothing, so it is not much. */
    void encode() {
      var bytes =
          rows.isEmpty() || !hasRoom(shelf, now) ? List.<byte[]>of() : together.encode(form, rows);
      for (var i = 0; i < bytes.size() && hasRoom(shelf, now); i++) {
        var fragment = Fragment.row(bytes.get(i));
        fragment.use(now);
        // Present already when the list has the row twice.
        var kept = shelf.rows.putIfAbsent(rows.get(i), fragment);
        pieces.set(places.get(i), kept == null ? fragment : kept);
        if (kept == null) {
          encoded.incrementAndGet();
          held.addAndGet(cost(fragment));
        }
      }
      if (!bytes.isEmpty()) {
        var size = bytes.stream().mapToLong(row -> row.length).sum() / bytes.size();
        atOnce = Math.clamp(BYTES_AT_ONCE / (size + 1), 1, ROWS_AT_ONCE);
      }
      rows.clear();
      places.clear();
    }
  }

  /** How many bytes are kept. */
  public long heldBytes() {
    return held.get();
  }

  /** How many rows were encoded to be kept; those that are not are encoded each time. */
  public long encoded() {
    return encoded.get();
  }

  /** Names the one that holds on to rows too. */
  void heldBy(Keeper one) {
    keeper = one;
  }

  /** Lets go of what nobody asked for lately. */
  public void rest() {
    var now = nanos.getAsLong();
    keeper.beforeSweep(now, now - restNanos);
    for (var shelf : shelves.values()) {
      shelf.lock.lock();
      try {
        sweep(shelf, now - restNanos);
      } finally {
        shelf.lock.unlock();
      }
    }
  }

  /** Takes room for bytes that are kept elsewhere; false when there is none. */
  boolean reserve(long bytes) {
    if (held.addAndGet(bytes) <= limitBytes) {
      return true;
    }
    held.addAndGet(-bytes);
    return false;
  }

  /** Whether there would be room for so much now. */
  boolean couldReserve(long bytes) {
    return held.get() + bytes <= limitBytes;
  }

  /** Gives it back. */
  void release(long bytes) {
    held.addAndGet(-bytes);
  }

  /**
   * Makes some where it can. Called with the lock of this shelf, of which nobody waits for another.
   */
  private boolean hasRoom(Shelf own, long now) {
    if (held.get() < rowsBytes) {
      return true;
    }
    if (now - own.sweptNanos < restNanos / IN_NEED) {
      return false;
    }
    own.sweptNanos = now;
    keeper.beforeSweep(now, now - restNanos / IN_NEED);
    for (var shelf : shelves.values()) {
      if (shelf.lock.tryLock()) {
        try {
          sweep(shelf, now - restNanos / IN_NEED);
        } finally {
          shelf.lock.unlock();
        }
      }
    }
    return held.get() < rowsBytes;
  }

  private void sweep(Shelf shelf, long beforeNanos) {
    shelf
        .rows
        .values()
        .removeIf(
            fragment -> {
              var old = fragment.usedNanos() - beforeNanos < 0;
              if (old) {
                held.addAndGet(-cost(fragment));
              }
              return old;
            });
  }

  private static long cost(Fragment fragment) {
    return fragment.bytes().length + (long) OVERHEAD_BYTES;
  }
}
