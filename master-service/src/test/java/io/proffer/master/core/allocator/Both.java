package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.kernel.Moment;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.fact.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Two allocators that must grant the same; the second one grants a whole run at once. */
final class Both implements Allocator {
  private final Allocator tested;
  private final NaiveAllocator model;
  private final List<Grant> granted = new ArrayList<>();
  private List<Grant> expected = List.of();
  private long seed = -1;

  Both(Allocator tested, NaiveAllocator model) {
    this.tested = tested;
    this.model = model;
  }

  @Override
  public void follow(Event event, Moment moment) {
    if (!(event instanceof OfferEvent.Made)) {
      // Only offers fall between the slices of a run: the last run is complete.
      assertEquals(expected, granted);
    }
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
    if (moment.seed() != seed) {
      seed = moment.seed();
      assertEquals(expected, granted);
      granted.clear();
      expected = model.allocate(Long.MAX_VALUE, moment);
    }
    var grants = tested.allocate(budget, moment);
    granted.addAll(grants);
    return grants;
  }

  @Override
  public Optional<Explaining> explaining(
      FrameworkId framework, Optional<String> role, Optional<AgentId> agent) {
    return tested.explaining(framework, role, agent).map(explaining -> compared(explaining, agent));
  }

  /** Of one agent the model names the reason, too. */
  private Explaining compared(Explaining explaining, Optional<AgentId> agent) {
    return (allowance, moment) -> {
      var explanation = explaining.go(allowance, moment);
      if (explanation.isPresent() && agent.isPresent()) {
        for (var role : explanation.get().roles()) {
          var key = new Key(explanation.get().framework(), role.role(), agent.get());
          assertEquals(
              List.of(model.reason(key, moment)),
              role.findings().stream().map(Finding::reason).toList(),
              key::toString);
        }
      }
      return explanation;
    };
  }

  @Override
  public OptionalLong nextDeadlineNanos() {
    return tested.nextDeadlineNanos();
  }
}
