package io.proffer.master.core.allocator;

import io.proffer.api.resource.Resources;
import io.proffer.master.core.fact.Reason;
import java.util.List;

/**
 * Decides what a client may have of an agent, and says why when that is nothing. Both a run and an
 * explanation ask here, so that they cannot differ.
 */
final class Examiner {
  private final OfferFilters filters;
  private final Portion portion;
  private final Work work = new Work();
  private Reason reason = Reason.OFFERED;
  private Resources refused = Resources.empty();

  Examiner(OfferFilters filters, Portion portion) {
    this.filters = filters;
    this.portion = portion;
  }

  /** Why the last candidate was nothing. */
  Reason reason() {
    return reason;
  }

  /**
   * What constraints took since this was asked last, in units of a budget; mostly nothing, for what
   * they say of an agent is kept.
   */
  long takeUnitsOfConstraints() {
    long units = work.units();
    work.reset();
    return units;
  }

  /**
   * Sees to it that it is known how many refused all of an agent's rest. Returns how many had to be
   * looked at.
   */
  int countRefusers(AgentEntry agent) {
    return filters.count(agent);
  }

  /** What of the client's constraints is not true of an agent, for so many groups of them. */
  List<String> notTrue(Client client, AgentEntry agent, int groups) {
    var constraints = client.framework().constraints();
    return constraints.failing(client.role().name(), agent.info(), groups, work);
  }

  /** When the refusal that stood in the way of the last candidate ends. */
  long refusedUntilNanos(Client client, AgentEntry agent) {
    return filters.blockedUntilNanos(client, agent, refused);
  }

  /** Whether quota took something from the last candidate, or all of it. */
  boolean wasCut() {
    return portion.wasCut();
  }

  /**
   * Whether another run could have cut the last candidate otherwise, where there are more disks.
   */
  boolean wasDrawn() {
    return portion.wasDrawn();
  }

  /**
   * What the client is to be offered of the agent; empty for nothing.
   *
   * @param run number of the run
   * @param guarantees whether it is about what guarantees miss (stage 1 of a run)
   * @param seed of the run
   */
  Resources candidate(Client client, AgentEntry agent, long run, boolean guarantees, long seed) {
    portion.begin();
    var objection = agent.traits().objection(client);
    if (objection != null) {
      return nothing(objection);
    }
    if (client.excludes(agent, work)) {
      return nothing(Reason.CONSTRAINT);
    }
    if (agent.available().isEmpty()) {
      return nothing(Reason.NOTHING_LEFT);
    }
    var all = agent.availableTo(client, run);
    if (all.isEmpty()) {
      return nothing(whyNothing(client, agent));
    }
    var some = portion.of(all, client, agent, guarantees, seed);
    if (!client.minimum().allows(some)) {
      return nothing(whyTooLittle(client, all));
    }
    if (filters.block(client, agent, some)) {
      refused = some;
      return nothing(Reason.REFUSED);
    }
    return some;
  }

  private Resources nothing(Reason why) {
    reason = why;
    return Resources.empty();
  }

  private static Reason whyNothing(Client client, AgentEntry agent) {
    for (var element : agent.available()) {
      if (element.kind().isAllocatableTo(client.role().name())) {
        return Reason.CAPABILITY;
      }
    }
    return Reason.RESERVED_FOR_OTHERS;
  }

  private Reason whyTooLittle(Client client, Resources all) {
    if (!client.minimum().allows(all)) {
      return Reason.BELOW_MINIMUM;
    }
    return client.minimum().allows(portion.underLimits(all)) ? Reason.HEADROOM : Reason.QUOTA_LIMIT;
  }
}
