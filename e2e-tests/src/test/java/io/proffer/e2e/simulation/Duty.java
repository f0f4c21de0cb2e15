package io.proffer.e2e.simulation;

import io.proffer.api.v1.DrainConfig;
import io.proffer.api.v1.master.Response;
import io.proffer.master.core.fact.Drain;
import io.proffer.master.core.fact.Orders;
import java.util.Optional;

/**
 * What an operator wants of an agent.
 *
 * @param off it gets no offers
 * @param drain how it shall be emptied, or was
 */
record Duty(boolean off, Optional<DrainConfig> drain) {
  static final Duty ON = new Duty(false, Optional.empty());
  static final Duty OFF = new Duty(true, Optional.empty());

  static Duty drained(DrainConfig config) {
    return new Duty(true, Optional.of(config));
  }

  /** As a registry has it. */
  static Duty of(Orders orders) {
    return new Duty(orders.deactivated(), orders.drain().map(Drain::config));
  }

  /** As a master shows it. */
  static Duty of(Response.GetAgents.Agent agent) {
    return new Duty(
        agent.getDeactivated(),
        agent.hasDrainInfo() ? Optional.of(agent.getDrainInfo().getConfig()) : Optional.empty());
  }

  /** Not while it still drains, which nobody here knows. */
  boolean mayStay() {
    return !off || drain.isPresent();
  }

  @Override
  public String toString() {
    var how = off ? "off" : "on";
    return drain.map(config -> how + " to drain, " + config).orElse(how).replaceAll("\\s+", " ");
  }
}
