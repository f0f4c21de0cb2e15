package io.proffer.master;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.kernel.Clock;
import io.proffer.kernel.Moment;
import io.proffer.master.core.allocator.Allocator;
import io.proffer.master.core.allocator.Explaining;
import io.proffer.master.core.allocator.Grant;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.fact.RoleShare;
import io.proffer.master.metrics.AllocationTimes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An allocator whose slices are timed. It decides nothing, and so may look at a clock. */
final class TimedAllocator implements Allocator {
  private final Allocator allocator;
  private final AllocationTimes times;
  private final Clock clock;

  /**
   * Since when it has wanted a slice: a deadline of old is back when somebody wants offers again.
   */
  private OptionalLong wantedNanos = OptionalLong.empty();

  TimedAllocator(Allocator allocator, AllocationTimes times, Clock clock) {
    this.allocator = allocator;
    this.times = times;
    this.clock = clock;
  }

  @Override
  public void follow(Event event, Moment moment) {
    allocator.follow(event, moment);
  }

  @Override
  public List<Grant> allocate(long budget, Moment moment) {
    var due = nextDeadlineNanos();
    var began = clock.monotonicNanos();
    var grants = allocator.allocate(budget, moment);
    // Ticks come for other reasons, too: a slice that was not due examines nobody.
    if (due.isPresent() && due.getAsLong() <= began) {
      var waited = began - Math.max(due.getAsLong(), wantedNanos.orElse(began));
      times.sliced(waited, clock.monotonicNanos() - began, allocator.runs());
    }
    wantedNanos = OptionalLong.empty();
    return grants;
  }

  @Override
  public long spent() {
    return allocator.spent();
  }

  @Override
  public OptionalLong nextDeadlineNanos() {
    var next = allocator.nextDeadlineNanos();
    if (next.isEmpty()) {
      wantedNanos = OptionalLong.empty();
    } else if (wantedNanos.isEmpty()) {
      wantedNanos = OptionalLong.of(clock.monotonicNanos());
    }
    return next;
  }

  @Override
  public void recover(int knownAgents, Moment moment) {
    allocator.recover(knownAgents, moment);
  }

  @Override
  public long runs() {
    return allocator.runs();
  }

  @Override
  public List<RoleShare> shares() {
    return allocator.shares();
  }

  @Override
  public Optional<Explaining> explaining(
      FrameworkId framework, Optional<String> role, Optional<AgentId> agent) {
    return allocator.explaining(framework, role, agent);
  }
}
