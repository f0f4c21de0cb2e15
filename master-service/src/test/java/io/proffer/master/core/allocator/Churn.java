package io.proffer.master.core.allocator;

import io.proffer.api.resource.Resources;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.fact.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A full cluster whose tasks end all the time; of each offer a framework launches what fits. */
final class Churn {
  private static final int TASKS_PER_AGENT = 10;
  private static final int TURNS_PER_SECOND = 100;
  private static final Duration REFUSED = Duration.ofSeconds(5);
  private static final Resources TASK = Rows.resources("cpus:1;mem:1024");

  private final Driver driver = Driver.ofDefaults();
  private final SplittableRandom random = new SplittableRandom(1);
  private final List<Offer> running = new ArrayList<>();
  private final int capacity;

  Churn(int agents, int frameworks) {
    capacity = agents * TASKS_PER_AGENT;
    var events = new ArrayList<Event>();
    for (int i = 0; i < frameworks; i++) {
      events.add(new FrameworkEvent.Added(Rows.framework("f-" + i, "role" + i % 20)));
    }
    for (int i = 0; i < agents; i++) {
      var text = "cpus:10;mem:10240;disk:1048576;ports:[31000-32000]";
      events.add(new AgentEvent.Registered(Rows.agent("agent-" + i, text)));
    }
    driver.tell(events);
    driver.pass(Duration.ofSeconds(1));
    launch();
  }

  Driver driver() {
    return driver;
  }

  int running() {
    return running.size();
  }

  int capacity() {
    return capacity;
  }

  /** A second in which so many tasks end, spread over it; how many are launched. */
  int second(int ends) {
    int launched = 0;
    for (int i = 0; i < TURNS_PER_SECOND; i++) {
      var events = new ArrayList<Event>();
      for (int j = 0; j < ends / TURNS_PER_SECOND; j++) {
        events.add(Driver.freed(removeAny()));
      }
      driver.tell(events);
      driver.pass(Duration.ofSeconds(1).dividedBy(TURNS_PER_SECOND));
      launched += launch();
    }
    return launched;
  }

  private Offer removeAny() {
    int place = random.nextInt(running.size());
    var last = running.removeLast();
    return place == running.size() ? last : running.set(place, last);
  }

  private int launch() {
    int before = running.size();
    var events = new ArrayList<Event>();
    for (var offer : driver.run()) {
      var task = TASK.withAllocation(offer.role());
      var rest = offer.resources();
      while (rest.contains(task)) {
        rest = rest.minus(task);
        running.add(new Offer(offer.id(), offer.framework(), offer.agent(), offer.role(), task));
      }
      if (!rest.isEmpty()) {
        events.add(Driver.unused(offer, rest, REFUSED));
      }
    }
    driver.tell(events);
    return running.size() - before;
  }
}
