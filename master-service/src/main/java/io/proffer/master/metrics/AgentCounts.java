package io.proffer.master.metrics;

import io.proffer.api.id.AgentId;
import io.proffer.api.metrics.Figures;
import io.proffer.api.metrics.Metric;
import io.proffer.api.metrics.Tallies;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.command.ClockCommand;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Event;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Agents that came and went, and why. Of the loop's thread. */
final class AgentCounts {
  private static final Metric CAME =
      Metric.counter(
          "proffer_master_agent_registrations_total",
          "Agents that registered: for the first time, or again.",
          "kind");
  private static final Metric WENT =
      Metric.counter(
          "proffer_master_agent_removals_total",
          "Agents removed or marked unreachable, by reason.",
          "reason");

  /** Why an agent left the books. */
  private enum Removal {
    /** Another agent registered at its address. */
    REGISTERED,
    /** It answered no pings, or did not come back after a disconnection. */
    UNHEALTHY,
    /** It left of itself. */
    UNREGISTERED,
    /** It did not come back to this master at all. */
    RECOVERY
  }

  private enum Arrival {
    FIRST,
    AGAIN
  }

  private final Tallies<Arrival> arrivals = new Tallies<>(Arrival.class);
  private final Tallies<Removal> removals = new Tallies<>(Removal.class);
  private final Tallies<Removal> unreachable = new Tallies<>(Removal.class);

  /** Agents that registered with this master and are still in its books. */
  private final Set<AgentId> known = new HashSet<>();

  void read(Command command, List<Event> events) {
    for (var event : events) {
      switch (event) {
        case AgentEvent.Registered(var agent) -> {
          known.add(agent.id());
          arrivals.increment(agent.reregistered().isEmpty() ? Arrival.FIRST : Arrival.AGAIN);
        }
        case AgentEvent.Reregistered(var agent) -> arrivals.increment(Arrival.AGAIN);
        case AgentEvent.MarkedUnreachable(var id, var at) -> {
          var why = reason(known.remove(id), command);
          removals.increment(why);
          unreachable.increment(why);
        }
        case AgentEvent.Removed(var id) -> removals.increment(reason(known.remove(id), command));
        case AgentEvent.MarkedGone(var id, var at) -> known.remove(id);
        default -> {}
      }
    }
  }

  private static Removal reason(boolean wasKnown, Command command) {
    return switch (command) {
      case AgentCommand.Subscribe subscribe -> Removal.REGISTERED;
      case AgentCommand.Unregister unregister -> Removal.UNREGISTERED;
      case ClockCommand.Tick tick when !wasKnown -> Removal.RECOVERY;
      default -> Removal.UNHEALTHY;
    };
  }

  void addTo(Figures figures) {
    figures.add("master/slave_registrations", CAME, arrivals.get(Arrival.FIRST), "first");
    figures.add("master/slave_reregistrations", CAME, arrivals.get(Arrival.AGAIN), "again");
    for (var why : Removal.values()) {
      figures.add(WENT, removals.get(why), why.name().toLowerCase(Locale.ROOT));
    }
    figures.name("master/slave_removals", removals.sum());
    figures.name("master/slave_removals/reason_registered", removals.get(Removal.REGISTERED));
    figures.name("master/slave_removals/reason_unhealthy", removals.get(Removal.UNHEALTHY));
    figures.name("master/slave_removals/reason_unregistered", removals.get(Removal.UNREGISTERED));
    figures.name("master/recovery_slave_removals", removals.get(Removal.RECOVERY));
    // Nothing lies between the decision that an agent is lost and its removal: both are one turn.
    for (var name : List.of("slave_unreachable", "slave_shutdowns")) {
      figures.name("master/" + name + "_scheduled", unreachable.sum());
      figures.name("master/" + name + "_completed", unreachable.sum());
    }
  }
}
