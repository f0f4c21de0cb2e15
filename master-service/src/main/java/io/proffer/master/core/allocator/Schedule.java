package io.proffer.master.core.allocator;

import java.util.OptionalLong;

/**
 * When the next run is due.
 *
 * <p>Two clocks: events ask for a run at once, but not more often than the least interval; what
 * came back unused, or whose refusal ended, waits for the next multiple of the allocation interval,
 * so that whoever refuses for no time at all cannot make the allocator spin (decision 24).
 */
final class Schedule {
  private static final long NEVER = Long.MAX_VALUE;

  private final long intervalNanos;
  private final long minIntervalNanos;
  private boolean started;
  private long origin;
  private long lastEventRun;
  private boolean hadEventRun;
  private boolean eventWaits;
  private long dueSlot = NEVER;
  private long lastSlot;

  Schedule(AllocatorSettings settings) {
    intervalNanos = settings.allocationInterval().toNanos();
    minIntervalNanos = settings.allocationMinInterval().toNanos();
  }

  /** The first time anybody tells is where the intervals begin. */
  void hear(long nowNanos) {
    if (!started) {
      started = true;
      origin = nowNanos;
    }
  }

  /** Something happened that a run must look at as soon as may be. */
  void wantSoon(long nowNanos) {
    eventWaits = true;
    wantPeriodic(nowNanos);
  }

  /** Something happened at this time that the next periodic run must look at. */
  void wantPeriodic(long nowNanos) {
    dueSlot = Math.min(dueSlot, slot(nowNanos) + 1);
  }

  /** A refusal has ended: the next periodic run, if only the present one is late, looks at it. */
  void wantAfterRefusal() {
    dueSlot = Math.min(dueSlot, lastSlot + 1);
  }

  /** Whether the periodic run is due, which looks at everything that waits; asked once a turn. */
  boolean periodicDue(long nowNanos) {
    lastSlot = slot(nowNanos);
    return dueSlot != NEVER && lastSlot >= dueSlot;
  }

  boolean eventDue(long nowNanos) {
    return eventWaits && (!hadEventRun || nowNanos - lastEventRun >= minIntervalNanos);
  }

  /** A run begins that looks at what events asked for, if any did. */
  void begin(long nowNanos, boolean periodic) {
    if (eventWaits) {
      lastEventRun = nowNanos;
      hadEventRun = true;
      eventWaits = false;
    }
    if (periodic) {
      dueSlot = NEVER;
    }
  }

  /**
   * When a run is due.
   *
   * @param refusalEndNanos when the first refusal ends, if there is any
   */
  OptionalLong nextNanos(OptionalLong refusalEndNanos) {
    long slot = dueSlot;
    if (refusalEndNanos.isPresent()) {
      slot = Math.min(slot, slot(refusalEndNanos.getAsLong()) + 1);
    }
    if (!eventWaits) {
      return slot == NEVER ? OptionalLong.empty() : OptionalLong.of(startOf(slot));
    }
    long event = hadEventRun ? lastEventRun + minIntervalNanos : origin;
    return OptionalLong.of(slot == NEVER ? event : earlier(event, startOf(slot)));
  }

  /** When the next periodic run may begin. */
  long nextPeriodicNanos(long nowNanos) {
    return startOf(slot(nowNanos) + 1);
  }

  private long slot(long nanos) {
    return Math.floorDiv(nanos - origin, intervalNanos);
  }

  private long startOf(long slot) {
    return origin + slot * intervalNanos;
  }

  private static long earlier(long left, long right) {
    return left - right < 0 ? left : right;
  }
}
