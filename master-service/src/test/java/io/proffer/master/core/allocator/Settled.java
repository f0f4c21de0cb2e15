package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.kernel.Moment;
import io.proffer.master.core.event.Event;
import java.util.List;
import java.util.OptionalLong;

/**
 * Two allocators of which one has runs in slices, whatever happens between them; the model has
 * none. Once nothing happens any more, a whole run of both must grant the same: what was missed
 * between slices would be missing then.
 */
final class Settled implements Allocator {
  private final Allocator tested;
  private final NaiveAllocator model;

  Settled(Allocator tested, NaiveAllocator model) {
    this.tested = tested;
    this.model = model;
  }

  @Override
  public void follow(Event event, Moment moment) {
    tested.follow(event, moment);
    model.follow(event, moment);
  }

  @Override
  public void recover(int knownAgents, Moment moment) {
    tested.recover(knownAgents, moment);
    model.recover(knownAgents, moment);
  }

  @Override
  public List<Grant> allocate(long budget, Moment moment) {
    var grants = tested.allocate(budget, moment);
    if (budget == Long.MAX_VALUE) {
      assertEquals(model.allocate(budget, moment), grants);
    }
    return grants;
  }

  @Override
  public OptionalLong nextDeadlineNanos() {
    return tested.nextDeadlineNanos();
  }
}
