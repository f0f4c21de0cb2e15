package io.proffer.master.core;

import io.proffer.kernel.Moment;
import io.proffer.master.core.allocator.Allocator;
import io.proffer.master.core.allocator.Grant;
import io.proffer.master.core.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Grants what a test tells it to, once. */
final class ScriptedAllocator implements Allocator {
  final List<Event> followed = new ArrayList<>();
  private final List<Grant> next = new ArrayList<>();

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
}
