package io.proffer.master.core;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.kernel.Moment;
import io.proffer.master.core.allocator.Allocator;
import io.proffer.master.core.allocator.Allowance;
import io.proffer.master.core.allocator.Explaining;
import io.proffer.master.core.allocator.Grant;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.fact.Explanation;
import io.proffer.master.core.fact.Finding;
import io.proffer.master.core.fact.RoleExplanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Grants what a test tells it to, once; tells the reasons a test gives it. */
final class ScriptedAllocator implements Allocator {
  final List<Event> followed = new ArrayList<>();
  private final List<Grant> next = new ArrayList<>();

  /** Of any role; one that has none cannot tell reasons. */
  Optional<List<Finding>> findings = Optional.empty();

  /** How often it only begins to explain. */
  int slices;

  /** How many agents each slice of an explanation looks at. */
  int agents;

  /** Whether each slice of an explanation throws. */
  boolean broken;

  /** What it was asked to explain last. */
  Optional<AgentId> asked = Optional.empty();

  void grant(Grant grant) {
    next.add(grant);
  }

  @Override
  public void follow(Event event, Moment moment) {
    followed.add(event);
  }

  @Override
  public List<Grant> allocate(long budget, Moment moment) {
    var grants = List.copyOf(next);
    next.clear();
    return grants;
  }

  @Override
  public OptionalLong nextDeadlineNanos() {
    return OptionalLong.empty();
  }

  @Override
  public Optional<Explaining> explaining(
      FrameworkId framework, Optional<String> role, Optional<AgentId> agent) {
    asked = agent;
    return findings.map(
        all -> (allowance, moment) -> explain(framework, role.orElseThrow(), all, allowance));
  }

  private Optional<Explanation> explain(
      FrameworkId framework, String role, List<Finding> all, Allowance allowance) {
    if (broken) {
      throw new IllegalStateException("broken on purpose");
    }
    for (int i = 0; i < agents; i++) {
      if (!allowance.take()) {
        return Optional.empty();
      }
    }
    return slices-- > 0
        ? Optional.empty()
        : Optional.of(new Explanation(framework, List.of(new RoleExplanation(role, all))));
  }
}
