package io.proffer.e2e.simulation;

import io.proffer.api.id.AgentId;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.fact.Orders;
import io.proffer.master.core.fact.Quota;
import io.proffer.master.registry.Recovered;
import java.util.Map;
import java.util.TreeMap;

/** What operators were told of quotas, of maintenance and of agents: all later masters know it. */
final class Pledges {
  private static final String LIMITED = "cpus";

  private final World world;
  private final Pledge<Map<String, Long>> quotas;
  private final Pledge<Plan> plan;
  private final Map<String, Pledge<Duty>> duties = new TreeMap<>();

  Pledges(World world) {
    this.world = world;
    this.quotas = new Pledge<>(world, new TreeMap<>());
    this.plan = new Pledge<>(world, Plan.NONE);
  }

  /** Thousandths of a CPU that roles may have; who is not there may have all. */
  Pledge<Map<String, Long>> quotas() {
    return quotas;
  }

  Pledge<Plan> plan() {
    return plan;
  }

  Pledge<Duty> duty(String agent) {
    return duties.computeIfAbsent(agent, id -> new Pledge<>(world, Duty.ON));
  }

  /** A master has read the registry. */
  void began(String host, Recovered recovered) {
    var limits = limits(recovered.roles().quotas());
    quotas.shown(host + " leads and knows of quotas " + limits, limits::equals);
    var maintenance = recovered.maintenance();
    var known = Plan.of(maintenance.schedule(), maintenance.down());
    plan.shown(host + " leads and knows of maintenance " + known, known::equals);
    duties.forEach(
        (agent, duty) -> {
          var orders = recovered.orders().getOrDefault(new AgentId(agent), Orders.NONE);
          var of = Duty.of(orders);
          duty.shown("%s leads and knows that %s is %s".formatted(host, agent, of), of::equals);
        });
  }

  /** With an agent all that was ordered of it goes. */
  void follow(Event event) {
    switch (event) {
      case AgentEvent.Removed(var id) -> duty(id.value()).release();
      case AgentEvent.MarkedGone(var id, var at) -> duty(id.value()).release();
      default -> {}
    }
  }

  private static Map<String, Long> limits(Map<String, Quota> quotas) {
    var limits = new TreeMap<String, Long>();
    quotas.forEach(
        (role, quota) -> {
          if (!quota.isDefault()) {
            limits.put(role, quota.limits().getOrDefault(LIMITED, 0L));
          }
        });
    return limits;
  }
}
