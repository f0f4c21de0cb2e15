package io.proffer.master.core.state;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
import io.proffer.kernel.Undo;
import io.proffer.kernel.table.Snapshot;
import io.proffer.kernel.table.Table;
import io.proffer.master.core.fact.Framework;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Frameworks that may run tasks, and the completed ones that are remembered. */
public final class Frameworks {
  private final Undo undo;
  private final Table<FrameworkId, Framework> live;
  private final Table<FrameworkId, Framework> completed;
  private final Table<String, FrameworkId> byStream;
  private long nextNumber;

  Frameworks(Undo undo) {
    this.undo = undo;
    live = new Table<>(undo);
    completed = new Table<>(undo);
    byStream = new Table<>(undo);
  }

  /** A framework that is not completed. */
  public Optional<Framework> find(FrameworkId id) {
    return live.find(id);
  }

  /** The framework this stream belongs to now. */
  public Optional<Framework> findByStream(String streamId) {
    return byStream.find(streamId).flatMap(live::find);
  }

  /** Whether it was removed and is still remembered. */
  public boolean isCompleted(FrameworkId id) {
    return completed.contains(id);
  }

  /** Whether it is live, or completed and not forgotten yet. */
  boolean isRemembered(FrameworkId id) {
    return live.contains(id) || completed.contains(id);
  }

  /** Those whose stream is open, the oldest row first; a copy. */
  public List<Framework> connected() {
    var connected = new ArrayList<Framework>();
    for (var framework : live) {
      if (framework.connected()) {
        connected.add(framework);
      }
    }
    return connected;
  }

  /** All that are not completed, the oldest row first; a copy. */
  public List<Framework> all() {
    var all = new ArrayList<Framework>(live.size());
    live.iterator().forEachRemaining(all::add);
    return all;
  }

  /**
   * An id that no framework this master knows has: the master's id and a number of 4 digits or
   * more.
   */
  public FrameworkId freeId(String masterId) {
    for (long number = nextNumber; ; number++) {
      var id = new FrameworkId(masterId + "-" + pad(number));
      if (!live.contains(id) && !completed.contains(id)) {
        return id;
      }
    }
  }

  private static String pad(long number) {
    var digits = Long.toString(number);
    return digits.length() >= 4 ? digits : "0".repeat(4 - digits.length()) + digits;
  }

  void put(Framework framework) {
    live.find(framework.id()).ifPresent(this::unlink);
    live.put(framework.id(), framework);
    framework.stream().ifPresent(streamId -> byStream.put(streamId, framework.id()));
  }

  /** Numbers up to that of this id are used up, if it was the free one. */
  void useId(FrameworkId id, String masterId) {
    if (id.equals(freeId(masterId))) {
      long before = nextNumber;
      nextNumber = Long.parseLong(id.value().substring(masterId.length() + 1)) + 1;
      undo.record(() -> nextNumber = before);
    }
  }

  void allocate(FrameworkId id, Resources resources) {
    live.find(id).ifPresent(f -> live.put(id, f.withAllocated(f.allocated().plus(resources))));
  }

  void free(FrameworkId id, Resources resources) {
    live.find(id).ifPresent(f -> live.put(id, f.withAllocated(f.allocated().minus(resources))));
  }

  void offer(FrameworkId id, Resources resources) {
    live.find(id).ifPresent(f -> live.put(id, f.withOffered(f.offered().plus(resources))));
  }

  void unoffer(FrameworkId id, Resources resources) {
    live.find(id).ifPresent(f -> live.put(id, f.withOffered(f.offered().minus(resources))));
  }

  /** Moves it to the completed ones; answers the one that is forgotten for it. */
  Optional<FrameworkId> complete(Framework framework, int limit) {
    unlink(framework);
    live.remove(framework.id());
    completed.put(framework.id(), framework);
    if (completed.size() <= limit) {
      return Optional.empty();
    }
    var oldest = completed.iterator().next().id();
    completed.remove(oldest);
    return Optional.of(oldest);
  }

  private void unlink(Framework framework) {
    framework.stream().ifPresent(byStream::remove);
  }

  Snapshot<Framework> snapshot() {
    return live.snapshot();
  }

  Snapshot<Framework> completedSnapshot() {
    return completed.snapshot();
  }
}
