package io.proffer.master.core.allocator;

import io.proffer.api.id.OfferId;
import io.proffer.api.resource.Resources;
import io.proffer.kernel.Moment;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.fact.Offer;
import io.proffer.master.core.fact.RoleShare;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Drives an allocator as a master does, on one thread: runs it in slices, makes offers of what it
 * grants. It clocks what the allocator takes, not what the driver or anybody else does.
 */
final class Driver {
  private static final long SLICE_BUDGET = 2_000;

  private final Allocator allocator;
  private long now = Duration.ofHours(1).toNanos();
  private long turn;
  private long spentNanos;
  private long longestSliceNanos;
  private long slices;
  private long offers;

  Driver(Allocator allocator) {
    this.allocator = allocator;
  }

  /** The one that masters use: what all scenarios measure. */
  static Driver ofDefaults() {
    return new Driver(new DrfAllocator(AllocatorSettings.defaults()));
  }

  /** Tells facts that happen at the same moment. */
  void tell(List<? extends Event> events) {
    long start = cpuNanos();
    var moment = moment();
    for (var event : events) {
      allocator.follow(event, moment);
    }
    spentNanos += cpuNanos() - start;
  }

  /** Runs what is due now to its end; the offers that were made. */
  List<Offer> run() {
    var made = new ArrayList<Offer>();
    do {
      long start = cpuNanos();
      var moment = moment();
      for (var grant : allocator.allocate(SLICE_BUDGET, moment)) {
        var offer =
            new Offer(
                new OfferId("O" + offers++),
                grant.framework(),
                grant.agent(),
                grant.role(),
                grant.resources());
        allocator.follow(new OfferEvent.Made(offer), moment);
        // What comes of it is told later; but nobody may pile up offers that are open for ever.
        allocator.follow(new OfferEvent.Ended(offer.id(), OfferEvent.End.ACCEPTED), moment);
        made.add(offer);
      }
      long slice = cpuNanos() - start;
      spentNanos += slice;
      longestSliceNanos = Math.max(longestSliceNanos, slice);
      slices++;
    } while (due());
    return made;
  }

  /** How many refusals stand now. */
  long liveRefusals() {
    return allocator.shares().stream().mapToLong(RoleShare::filters).sum();
  }

  void pass(Duration time) {
    now += time.toNanos();
    turn++;
  }

  /** Forgets what was spent so far. */
  void resetClock() {
    spentNanos = 0;
    longestSliceNanos = 0;
    slices = 0;
  }

  /** Processor time of this thread in the allocator since the last reset. */
  double spentMillis() {
    return spentNanos / 1e6;
  }

  double longestSliceMillis() {
    return longestSliceNanos / 1e6;
  }

  long slices() {
    return slices;
  }

  /** Of an offer this much comes back, refused for so long. */
  static OfferEvent unused(Offer offer, Resources rest, Duration refused) {
    return new OfferEvent.Returned(
        offer.framework(),
        offer.role(),
        offer.agent(),
        rest,
        OfferEvent.Cause.UNUSED,
        refused.isZero() ? OptionalLong.empty() : OptionalLong.of(refused.toNanos()));
  }

  /** What ran ended. */
  static OfferEvent freed(Offer used) {
    return new OfferEvent.Returned(
        used.framework(),
        used.role(),
        used.agent(),
        used.resources(),
        OfferEvent.Cause.FREED,
        OptionalLong.empty());
  }

  private boolean due() {
    var next = allocator.nextDeadlineNanos();
    return next.isPresent() && next.getAsLong() <= now;
  }

  private Moment moment() {
    return new Moment(
        now,
        Instant.EPOCH,
        turn,
        () -> {
          throw new IllegalStateException("an allocator mints no identities");
        });
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
