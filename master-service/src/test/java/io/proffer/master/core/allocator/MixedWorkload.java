package io.proffer.master.core.allocator;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.fact.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Frameworks of three kinds share a cluster until everybody has launched what they wanted: few with
 * thousands of small tasks, hundreds with a handful, dozens with some large ones. What they do not
 * use comes back without a refusal.
 *
 * <p>Whoever has launched everything suppresses, as schedulers should: finished ones with small
 * shares would else be asked first for ever, and hold each agent while larger ones wait for it.
 */
final class MixedWorkload {
  private static final int RUNS_AT_MOST = 10_000;

  private final Driver driver = Driver.ofDefaults();
  private final Map<FrameworkId, Wish> wishes = new LinkedHashMap<>();
  private final List<Event> changes = new ArrayList<>();
  private int missing;
  private int runs;
  private double slowestRunMillis;

  /** What one framework still wants; the i-th of the sums is what i tasks need. */
  private static final class Wish {
    private final List<Resources> sums = new ArrayList<>();
    private int left;

    Wish(String task, int tasks, int perOffer) {
      left = tasks;
      sums.add(Resources.empty());
      for (int i = 0; i < perOffer; i++) {
        sums.add(sums.getLast().plus(Rows.resources(task)));
      }
    }

    /** As many tasks as fit. */
    int launch(Resources free) {
      int count = Math.min(left, sums.size() - 1);
      while (!free.contains(sums.get(count))) {
        count--;
      }
      left -= count;
      return count;
    }
  }

  /** With so many agents, and a share of the frameworks of the usual size: 4, 500 and 50. */
  MixedWorkload(int agents, int services, int small, int large) {
    for (int i = 0; i < agents; i++) {
      changes.add(new AgentEvent.Registered(Rows.agent("agent-" + i, "cpus:64;mem:488000")));
    }
    for (int i = 0; i < services; i++) {
      add("service-" + i, "service-" + i, new Wish("cpus:0.07;mem:400", 4_000, 100));
    }
    for (int i = 0; i < small; i++) {
      add("small-" + i, "small", new Wish("cpus:0.1;mem:4000", 5, 1));
    }
    for (int i = 0; i < large; i++) {
      add("large-" + i, "large-" + i, new Wish("cpus:1;mem:1000", 20, 5));
    }
    driver.tell(changes);
  }

  private void add(String id, String role, Wish wish) {
    changes.add(new FrameworkEvent.Added(Rows.framework(id, role)));
    wishes.put(new FrameworkId(id), wish);
    missing += wish.left;
  }

  Driver driver() {
    return driver;
  }

  /** Goes on until every task is launched; how many runs that took. */
  int launchAll() {
    while (missing > 0) {
      if (runs == RUNS_AT_MOST) {
        throw new IllegalStateException(
            missing + " tasks are not launched after " + runs + " runs: expected all of them");
      }
      driver.pass(Duration.ofSeconds(1));
      double before = driver.spentMillis();
      var offers = driver.run();
      slowestRunMillis = Math.max(slowestRunMillis, driver.spentMillis() - before);
      runs++;
      changes.clear();
      offers.forEach(this::use);
      driver.tell(changes);
    }
    return runs;
  }

  double slowestRunMillis() {
    return slowestRunMillis;
  }

  private void use(Offer offer) {
    var wish = wishes.get(offer.framework());
    var free = offer.resources().withoutAllocation();
    int count = wish.launch(free);
    missing -= count;
    var rest = free.minus(wish.sums.get(count));
    if (!rest.isEmpty()) {
      changes.add(Driver.unused(offer, rest.withAllocation(offer.role()), Duration.ZERO));
    }
    if (wish.left == 0) {
      changes.add(new FrameworkEvent.Suppressed(offer.framework(), List.of(offer.role())));
    }
  }
}
