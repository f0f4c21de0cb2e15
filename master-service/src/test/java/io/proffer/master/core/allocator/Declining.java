package io.proffer.master.core.allocator;

import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A cluster in which nobody wants anything: each round every agent is offered, and whoever got the
 * offer declines it for ever, so that the next round goes to somebody else.
 */
final class Declining {
  private static final int ROLES = 20;
  private static final Duration FOR_EVER = Duration.ofDays(365);

  private final Driver driver = Driver.ofDefaults();
  private final List<Agent> agents = new ArrayList<>();
  private List<Offer> open = new ArrayList<>();

  /**
   * Frameworks are there, agents not yet.
   *
   * @param active how many of the frameworks have not suppressed their role
   */
  Declining(int agents, int frameworks, int active) {
    for (int i = 0; i < agents; i++) {
      var id = "00000000-0000-0000-0000-000000000000-S" + i;
      this.agents.add(Rows.agent(id, "cpus:24;mem:65536;disk:1048576;ports:[31000-32000]"));
    }
    var events = new ArrayList<Event>();
    for (int i = 0; i < frameworks; i++) {
      var id = String.format(Locale.ROOT, "f-%04d", i);
      var role = "role" + i % ROLES;
      events.add(new FrameworkEvent.Added(Rows.framework(id, role)));
      if (i >= active) {
        events.add(new FrameworkEvent.Suppressed(Rows.framework(id, role).id(), List.of(role)));
      }
    }
    driver.tell(events);
    pass();
    driver.run();
  }

  Driver driver() {
    return driver;
  }

  int agents() {
    return agents.size();
  }

  void addAgents() {
    driver.tell(agents.stream().map(AgentEvent.Registered::new).toList());
  }

  /** Agents that come back are candidates again, whoever refused them before. */
  void returnAgents() {
    driver.tell(agents.stream().map(AgentEvent.Reregistered::new).toList());
  }

  /** Offers what is due; how many offers. */
  int run() {
    pass();
    var made = driver.run();
    open.addAll(made);
    return made.size();
  }

  /** Each offer becomes a small task; what it leaves is offered with the next run. */
  void runTasks() {
    var task = Rows.resources("cpus:1;mem:100;ports:[31000-31001]");
    var accepted = open;
    open = new ArrayList<>();
    driver.tell(
        accepted.stream()
            .map(
                offer ->
                    Driver.unused(
                        offer,
                        offer.resources().minus(task.withAllocation(offer.role())),
                        Duration.ZERO))
            .toList());
  }

  /** Everything that is offered is declined for ever. */
  void declineAll() {
    var declined = open;
    open = new ArrayList<>();
    driver.tell(declined.stream().map(it -> Driver.unused(it, it.resources(), FOR_EVER)).toList());
  }

  /** What is offered is declined until nobody is offered anything; how many refusals that took. */
  long declineEverything() {
    long refusals = 0;
    while (!open.isEmpty()) {
      refusals += open.size();
      declineAll();
      run();
    }
    return refusals;
  }

  /**
   * Whatever is offered comes back, and is refused but for a part of it, which is another each
   * time: no two refusals have the same resources, or the same end. Returns how many of them stand,
   * for some are covered by others; nothing is offered then.
   */
  long refuseOtherParts(int rounds) {
    long refusals = 0;
    for (int i = 0; i < rounds; i++) {
      run();
      for (var offer : open) {
        refusals++;
        var taken =
            Rows.resources(
                    "cpus:%s;mem:%d;ports:[31000-%d]"
                        .formatted(0.001 * (1 + i), 1 + refusals % 60_000, 31_000 + i))
                .withAllocation(offer.role());
        var refused = offer.resources().minus(taken);
        driver.tell(List.of(Driver.unused(offer, refused, FOR_EVER.minusSeconds(refusals))));
        driver.tell(
            List.of(
                Driver.freed(
                    new Offer(offer.id(), offer.framework(), offer.agent(), offer.role(), taken))));
      }
      open = new ArrayList<>();
    }
    return driver.liveRefusals();
  }

  /** What is offered comes back, and is not refused. */
  void takeBackAll() {
    var ended = open;
    open = new ArrayList<>();
    driver.tell(
        ended.stream().map(it -> Driver.unused(it, it.resources(), Duration.ZERO)).toList());
  }

  /** One agent after the other is free again, and offered at once to somebody. */
  int freeSomeAgents(int count) {
    int made = 0;
    for (int i = 0; i < count; i++) {
      var offer = open.removeFirst();
      driver.tell(List.of(Driver.freed(offer)));
      made += run();
    }
    return made;
  }

  private void pass() {
    driver.pass(Duration.ofSeconds(1));
  }
}
