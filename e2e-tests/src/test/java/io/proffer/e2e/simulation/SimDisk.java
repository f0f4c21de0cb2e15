package io.proffer.e2e.simulation;

import io.proffer.kernel.Journal;
import io.proffer.kernel.StoreException;
import io.proffer.kernel.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** A disk that outlives processes. A crash loses what was not forced, and keeps what was. */
final class SimDisk {
  private final World world;
  private final SplittableRandom chance;
  private final TreeMap<String, byte[]> forced = new TreeMap<>();
  private final HashSet<String> ever = new HashSet<>();
  private long slowness = 1;
  private boolean failing;
  private boolean full;

  SimDisk(World world, String name) {
    this.world = world;
    this.chance = world.chance("disk of " + name);
  }

  /** How many times slower than usual it is. */
  void slowness(long times) {
    slowness = times;
  }

  /** The next write fails. */
  void failNext() {
    failing = true;
  }

  /** Somebody takes all the room there is, and all that is given back. */
  void fill() {
    full = true;
  }

  /** Whoever filled it has ended, and what he left is removed. */
  void free() {
    full = false;
  }

  boolean isFull() {
    return full;
  }

  /** Somebody removed all that was on it. */
  void wipe() {
    forced.clear();
  }

  /** Quick, and with room for all. */
  void mend() {
    failing = false;
    full = false;
    slowness = 1;
  }

  /** All that is forced. */
  List<Write> content() {
    var all = new ArrayList<Write>();
    forced.forEach((key, value) -> all.add(Write.put(key, value)));
    return all;
  }

  /** Whether there was ever something under this key. */
  boolean held(String key) {
    return ever.contains(key);
  }

  /**
   * As a process opens it that can do nothing about a full disk.
   *
   * @param landed called each time a write has ended
   */
  Journal<Write> open(SimProcess process, Runnable landed) {
    return open(process, landed, () -> false);
  }

  /**
   * The same, of an owner who can give room back to the disk.
   *
   * @param makeRoom asked when the disk is full: whether there is room for one batch more
   */
  Journal<Write> open(SimProcess process, Runnable landed, BooleanSupplier makeRoom) {
    return new Opened(process, landed, makeRoom);
  }

  private final class Opened implements Journal<Write> {
    private final SimProcess process;
    private final Runnable landed;
    private final BooleanSupplier makeRoom;
    private final ArrayList<List<Write>> underWay = new ArrayList<>();
    private long busyUntil;

    Opened(SimProcess process, Runnable landed, BooleanSupplier makeRoom) {
      this.process = process;
      this.landed = landed;
      this.makeRoom = makeRoom;
      process.onDeath(this::crash);
    }

    @Override
    public List<Write> load() {
      return content();
    }

    @Override
    public CompletionStage<Void> append(List<Write> batch) {
      var done = new CompletableFuture<Void>();
      if (failing || (full && !makeRoom.getAsBoolean())) {
        failing = false;
        process.after(
            time(),
            () -> {
              done.completeExceptionally(new StoreException("the disk is full"));
              landed.run();
            });
        return done;
      }
      underWay.add(batch);
      busyUntil = Math.max(busyUntil, world.monotonicNanos()) + time();
      process.after(
          busyUntil - world.monotonicNanos(),
          () -> {
            force(underWay.removeFirst());
            done.complete(null);
            landed.run();
          });
      return done;
    }

    @Override
    public CompletionStage<Void> compact() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}

    /** Some of what was under way had got there, from the first on. */
    private void crash() {
      while (!underWay.isEmpty() && chance.nextBoolean()) {
        force(underWay.removeFirst());
      }
    }

    private void force(List<Write> batch) {
      for (var write : batch) {
        write
            .value()
            .ifPresentOrElse(
                value -> {
                  forced.put(write.key(), value);
                  ever.add(write.key());
                },
                () -> forced.remove(write.key()));
      }
    }

    private long time() {
      return (100_000 + chance.nextLong(3_000_000)) * slowness;
    }
  }
}
