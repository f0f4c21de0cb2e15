package io.proffer.master.core.allocator;

import io.proffer.api.resource.Quantities;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.RoleEvent;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Offer;
import io.proffer.master.core.fact.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A cluster that is just as large as the quotas of its roles: a small role has a fifth of an agent,
 * a large one five agents, guaranteed and at most.
 */
final class QuotaCluster {
  private static final String SMALL = "cpus:1;mem:2048;disk:4096";
  private static final String LARGE = "cpus:25;mem:51200;disk:102400";
  private static final String AGENT = "cpus:5;mem:10240;disk:20480";

  private final Driver driver = Driver.ofDefaults();
  private final List<Agent> agents = new ArrayList<>();
  private final List<Offer> offers = new ArrayList<>();

  /**
   * Everybody is there, and nothing is offered yet.
   *
   * @param spare agents that no quota needs, and no limit lets anybody have
   */
  QuotaCluster(int small, int large, int frameworksPerRole, int spare) {
    var quotas = new ArrayList<Quota>();
    var events = new ArrayList<Event>();
    for (int i = 0; i < small + large; i++) {
      var role = (i < small ? "small-" : "large-") + i;
      quotas.add(quota(role, i < small ? SMALL : LARGE));
      for (int j = 0; j < frameworksPerRole; j++) {
        events.add(new FrameworkEvent.Added(Rows.framework("f-" + i + "-" + j, role)));
      }
    }
    for (int i = 0; i < small / 5 + 5 * large + spare; i++) {
      agents.add(Rows.agent("agent-" + i, AGENT));
    }
    driver.tell(List.of(new RoleEvent.QuotasSet(quotas)));
    driver.tell(events);
    driver.tell(agents.stream().map(AgentEvent.Registered::new).toList());
  }

  private static Quota quota(String role, String text) {
    var amounts = Quantities.parse(text);
    var limits = new TreeMap<String, Long>();
    for (int i = 0; i < amounts.size(); i++) {
      limits.put(amounts.name(i), amounts.amount(i));
    }
    return new Quota(role, amounts, limits);
  }

  Driver driver() {
    return driver;
  }

  int agents() {
    return agents.size();
  }

  /** All agents are candidates again. */
  void returnAgents() {
    driver.tell(agents.stream().map(AgentEvent.Reregistered::new).toList());
  }

  /** How many offers are made now; all are kept. */
  int run() {
    driver.pass(Duration.ofSeconds(1));
    var made = driver.run();
    offers.addAll(made);
    return made.size();
  }

  /** Thousandths of a name that a role was offered. */
  long offered(String role, String name) {
    return offers.stream()
        .filter(offer -> offer.role().equals(role))
        .mapToLong(offer -> offer.resources().thousandths(name))
        .sum();
  }
}
