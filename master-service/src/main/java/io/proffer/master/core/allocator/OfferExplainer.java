package io.proffer.master.core.allocator;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
import io.proffer.api.resource.Thousandths;
import io.proffer.kernel.Moment;
import io.proffer.master.core.fact.Explanation;
import io.proffer.master.core.fact.Reason;
import io.proffer.master.core.fact.RoleExplanation;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says what stands between a framework and offers, bit by bit: asks the same {@link Examiner} as a
 * run does, for each agent, and words what it answers.
 */
final class OfferExplainer {
  /** Limits and guarantees may leave something, but less than this. */
  private static final String LEAST = "least worth an offer";

  private final AgentPool agents;
  private final Roster roster;
  private final RoleTree roles;
  private final QuotaBook quotas;
  private final ClusterTotal names;
  private final Examiner examiner;
  private final OpenOffers offers;
  private final Pause pause;
  private final Queue queue;

  /** Whoever shares the allowance of a turn finds the same head: nothing happens in between. */
  private Allowance turn = new Allowance(0);

  private Client headInTurn;

  /**
   * The run that comes next, if it began now.
   *
   * @param moment refusals that ended before it do not count
   */
  record Next(long number, Moment moment) {
    private long nanos() {
      return moment.monotonicNanos();
    }
  }

  /** Reads the tables of an allocator. */
  OfferExplainer(
      AgentPool agents,
      Roster roster,
      RoleTree roles,
      QuotaBook quotas,
      ClusterTotal names,
      Examiner examiner,
      OpenOffers offers,
      Pause pause) {
    this.agents = agents;
    this.roster = roster;
    this.roles = roles;
    this.quotas = quotas;
    this.names = names;
    this.examiner = examiner;
    this.offers = offers;
    this.pause = pause;
    this.queue = new Queue(roles);
  }

  /** Begins; nothing is looked at yet but who is asked about. */
  Inquiry begin(FrameworkId framework, Optional<String> role, Optional<AgentId> agent) {
    var clients = new ArrayList<Client>();
    for (var client : roster.clients(framework)) {
      if (role.isEmpty() ? client.subscribed() : role.get().equals(client.role().name())) {
        clients.add(client);
      }
    }
    return new Inquiry(framework, role, clients, asked(agent));
  }

  private List<AgentEntry> asked(Optional<AgentId> agent) {
    if (agent.isEmpty()) {
      return List.copyOf(agents.all());
    }
    var one = agents.find(agent.get());
    return one == null ? List.of() : List.of(one);
  }

  /** What was found so far, role by role and agent by agent. */
  final class Inquiry {
    private final FrameworkId framework;
    private final Optional<String> role;
    private final List<Client> clients;
    private final List<AgentEntry> asked;
    private final List<RoleExplanation> explained = new ArrayList<>();
    private Obstacles obstacles = new Obstacles();
    private int nextAgent;

    private Inquiry(
        FrameworkId framework,
        Optional<String> role,
        List<Client> clients,
        List<AgentEntry> asked) {
      this.framework = framework;
      this.role = role;
      this.clients = clients;
      this.asked = asked;
    }

    /**
     * @param allowance how many agents may be looked at; fewer where constraints take long
     */
    Optional<Explanation> go(Allowance allowance, Next run) {
      while (explained.size() < clients.size()) {
        var client = clients.get(explained.size());
        if (!explain(client, allowance, run)) {
          return Optional.empty();
        }
        explained.add(new RoleExplanation(client.role().name(), obstacles.findings()));
        obstacles = new Obstacles();
        nextAgent = 0;
      }
      if (clients.isEmpty() && role.isPresent()) {
        var known = roster.find(framework);
        boolean connected = known != null && known.connected();
        obstacles.addForAll(connected ? Reason.NOT_SUBSCRIBED : Reason.NOT_CONNECTED, asked.size());
        return Optional.of(
            new Explanation(
                framework, List.of(new RoleExplanation(role.get(), obstacles.findings()))));
      }
      return Optional.of(new Explanation(framework, explained));
    }

    /** False when nothing is left to spend before all agents were looked at. */
    private boolean explain(Client client, Allowance allowance, Next run) {
      var general = general(client, run);
      if (general.isPresent()) {
        // Whatever was found before it became so.
        obstacles = new Obstacles();
        obstacles.addForAll(general.get(), asked.size());
        if (general.get() == Reason.PAUSED_FOR_RECOVERY) {
          obstacles.detail(
              general.get(), "agents awaited", String.valueOf(pause.missing(agents.all().size())));
        }
        return true;
      }
      while (nextAgent < asked.size()) {
        if (!allowance.take()) {
          return false;
        }
        var agent = asked.get(nextAgent++);
        if (!agent.removed()) {
          add(client, agent, head(allowance), run, obstacles);
          allowance.spend(examiner.takeUnitsOfConstraints());
        }
      }
      return true;
    }
  }

  /** Looked for once a turn: everybody's standing is compared for it. */
  private Client head(Allowance allowance) {
    if (!allowance.equals(turn)) {
      turn = allowance;
      headInTurn = queue.head();
    }
    return headInTurn;
  }

  /** What holds whatever the agent. */
  private Optional<Reason> general(Client client, Next run) {
    if (!client.framework().connected()) {
      return Optional.of(Reason.NOT_CONNECTED);
    }
    if (!client.subscribed()) {
      return Optional.of(Reason.NOT_SUBSCRIBED);
    }
    if (client.suppressed()) {
      return Optional.of(Reason.SUPPRESSED);
    }
    return pause.holds(run.nanos(), agents.all().size())
        ? Optional.of(Reason.PAUSED_FOR_RECOVERY)
        : Optional.empty();
  }

  private void add(Client client, AgentEntry agent, Client head, Next run, Obstacles obstacles) {
    var reason = reason(client, agent, run);
    if (reason == Reason.NOTHING_LEFT && offers.has(client, agent)) {
      reason = Reason.OFFERED;
    }
    boolean alone = roles.listedClients() == 1;
    if (reason == Reason.BEHIND && (alone || client.equals(head))) {
      reason = Reason.NEXT_RUN;
    }
    int agentsSoFar = obstacles.add(reason, agent.id());
    if (agentsSoFar <= told(reason)) {
      detail(client, agent, reason, head, run.moment(), obstacles);
    }
  }

  /** Of how many agents it is asked what is to be said about a reason. */
  private static int told(Reason reason) {
    if (reason == Reason.CONSTRAINT) {
      // It differs from agent to agent, but for each constraints are asked once more.
      return Obstacles.LISTED;
    }
    boolean differs =
        reason == Reason.REFUSED
            || reason == Reason.AGENT_INACTIVE
            || reason == Reason.RESERVED_FOR_OTHERS
            || reason == Reason.CAPABILITY;
    return differs ? Integer.MAX_VALUE : 1;
  }

  /** What a run would find; {@code BEHIND} when it would grant something but for others. */
  private Reason reason(Client client, AgentEntry agent, Next run) {
    if (!agent.inService()) {
      return Reason.AGENT_INACTIVE;
    }
    if (!agent.listed()) {
      return Reason.AGENT_NOT_WHITELISTED;
    }
    if (client.role().charge().unsatisfied() && isCandidate(client, agent, true, run)) {
      return Reason.BEHIND;
    }
    return isCandidate(client, agent, false, run) ? Reason.BEHIND : examiner.reason();
  }

  private boolean isCandidate(Client client, AgentEntry agent, boolean guarantees, Next run) {
    long seed = run.moment().seed();
    if (!examiner.candidate(client, agent, run.number(), guarantees, seed).isEmpty()) {
      return true;
    }
    // A refusal that has ended is taken out by the next run only.
    return examiner.reason() == Reason.REFUSED
        && examiner.refusedUntilNanos(client, agent) - run.nanos() < 0;
  }

  private void detail(
      Client client,
      AgentEntry agent,
      Reason reason,
      Client head,
      Moment now,
      Obstacles obstacles) {
    switch (reason) {
      case REFUSED -> obstacles.ends(reason, end(examiner.refusedUntilNanos(client, agent), now));
      case RESERVED_FOR_OTHERS ->
          agent.available().stream()
              .flatMap(element -> element.kind().reservationRole().stream())
              .forEach(role -> obstacles.detail(reason, "reserved for", role));
      case CAPABILITY -> capabilities(client, agent.available(), obstacles);
      case CONSTRAINT ->
          examiner
              .notTrue(client, agent, Obstacles.LISTED + 1)
              .forEach(words -> obstacles.detail(reason, "not true", words));
      case QUOTA_LIMIT -> {
        limits(client.role().charge(), obstacles);
        obstacles.detail(reason, LEAST, client.minimum().text());
      }
      case HEADROOM -> {
        headroom(obstacles);
        obstacles.detail(reason, LEAST, client.minimum().text());
      }
      case AGENT_INACTIVE -> agent.outOfService().forEach(word -> obstacles.count(reason, word));
      case BELOW_MINIMUM -> obstacles.detail(reason, "at least", client.minimum().text());
      case NOTHING_LEFT, BEHIND -> queue.tell(client, reason, head, obstacles);
      case NOT_CONNECTED,
          NOT_SUBSCRIBED,
          SUPPRESSED,
          PAUSED_FOR_RECOVERY,
          AGENT_NOT_WHITELISTED,
          AGENT_NEEDS_MULTI_ROLE,
          AGENT_NEEDS_HIERARCHICAL_ROLE,
          GPU_CAPABILITY,
          REGION_CAPABILITY,
          NEXT_RUN,
          OFFERED -> {}
    }
  }

  /** Not before now, and to the millisecond by the clock on the wall. */
  private static Obstacles.End end(long nanos, Moment now) {
    long left = Math.max(0, nanos - now.monotonicNanos());
    return new Obstacles.End(left, now.wall().plusNanos(left).truncatedTo(ChronoUnit.MILLIS));
  }

  private static void capabilities(Client client, Resources available, Obstacles obstacles) {
    var has = client.framework().capabilities();
    for (var element : available) {
      var kind = element.kind();
      if (kind.revocable() && !has.revocableResources()) {
        obstacles.detail(Reason.CAPABILITY, "lacks", "REVOCABLE_RESOURCES");
      }
      if (kind.shared() && !has.sharedResources()) {
        obstacles.detail(Reason.CAPABILITY, "lacks", "SHARED_RESOURCES");
      }
      if (kind.isRefined() && !has.reservationRefinement()) {
        obstacles.detail(Reason.CAPABILITY, "lacks", "RESERVATION_REFINEMENT");
      }
    }
  }

  private void limits(Charge charge, Obstacles obstacles) {
    for (var name : names.nameList()) {
      int number = names.number(name);
      if (charge.limit(number) != Charge.UNLIMITED) {
        obstacles.detail(
            Reason.QUOTA_LIMIT,
            "of the limits of '" + charge.role() + "' taken",
            name
                + " "
                + Thousandths.text(charge.charged(number))
                + " of "
                + Thousandths.text(charge.limit(number)));
      }
    }
  }

  private void headroom(Obstacles obstacles) {
    for (var charge : quotas.all()) {
      if (charge.unsatisfied()) {
        obstacles.detail(Reason.HEADROOM, "kept for", charge.role());
      }
    }
    for (var name : names.nameList()) {
      int number = names.number(name);
      if (quotas.required(number) > 0) {
        obstacles.detail(
            Reason.HEADROOM, "kept", name + " " + Thousandths.text(quotas.required(number)));
      }
    }
  }
}
