package io.proffer.master.core.allocator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.OfferId;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.ExecutorEvent;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.RoleEvent;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.AgentLink;
import io.proffer.master.core.fact.Executor;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.FrameworkLink;
import io.proffer.master.core.fact.Offer;
import io.proffer.master.core.fact.Orders;
import io.proffer.master.core.fact.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a cluster goes through, drawn from a seed; checks each offer against what there is, what
 * operators set and what frameworks refused.
 */
final class RandomHistory {
  private static final long[] PAUSES_MILLIS = {0, 1, 9, 10, 100, 400, 1000, 1000, 3000, 70_000};
  private static final double[] REFUSALS = {0, 0, 0.5, 1, 2.5, 5, 5, 60, 31_536_000};

  private final Random random;
  private final TestCluster cluster;
  private final RandomRows rows;
  private final RandomRoles roles;
  private final boolean flat;
  private final Map<AgentId, Agent> agents = new TreeMap<>();
  private final Map<FrameworkId, Framework> frameworks = new TreeMap<>();
  private final List<Offer> open = new ArrayList<>();
  private final List<Offer> used = new ArrayList<>();
  private final Map<String, Quota> quotas = new TreeMap<>();
  private Optional<SortedSet<String>> whitelist = Optional.empty();
  private final Refusals refusals = new Refusals();
  private int offersSeen;
  private int readded;

  private RandomHistory(long seed, Allocator allocator, boolean flat) {
    random = new Random(seed);
    rows = new RandomRows(random, flat ? RandomRoles.FLAT : RandomRoles.DEEP);
    roles = new RandomRoles(random);
    cluster = new TestCluster(allocator);
    this.flat = flat;
  }

  /** No role below another, and operators say nothing about roles. */
  static RandomHistory flat(long seed, Allocator allocator) {
    return new RandomHistory(seed, allocator, true);
  }

  /** Roles below roles, weights and quotas. */
  static RandomHistory deep(long seed, Allocator allocator) {
    var history = new RandomHistory(seed, allocator, false);
    history.populate();
    return history;
  }

  /** A new master: some agents are back, others may still be awaited. */
  static RandomHistory recovering(long seed, Allocator allocator) {
    var history = new RandomHistory(seed, allocator, false);
    history.setQuota(history.roles.quota());
    history.cluster.tell(new RoleEvent.WeightsSet(history.roles.weights()));
    allocator.recover(1 + history.random.nextInt(5), history.cluster.moment());
    for (int i = 0; i < 6; i++) {
      history.putFramework(history.rows.framework());
    }
    history.putAgent(history.rows.agent());
    history.putAgent(history.rows.agent());
    return history;
  }

  /** Begins with something in all tables, so that more of it meets. */
  private void populate() {
    for (int i = 0; i < 6; i++) {
      putAgent(rows.agent());
      putFramework(rows.framework());
    }
    setQuota(roles.quota());
    cluster.tell(new RoleEvent.WeightsSet(roles.weights()));
  }

  int offersSeen() {
    return offersSeen;
  }

  /** A pause, a run, some events. */
  void step() {
    cluster.pass(Duration.ofMillis(PAUSES_MILLIS[random.nextInt(PAUSES_MILLIS.length)]));
    run(random.nextBoolean() ? Long.MAX_VALUE : 1 + random.nextInt(6));
    for (int i = random.nextInt(4); i > 0; i--) {
      event();
    }
  }

  /** A run in slices, with events between them that have nothing to do with it. */
  void stepWithEventsBetweenSlices() {
    cluster.pass(Duration.ofMillis(PAUSES_MILLIS[random.nextInt(PAUSES_MILLIS.length)]));
    for (int i = 0; i < 5; i++) {
      for (var grant : cluster.allocator().allocate(1 + random.nextInt(6), cluster.moment())) {
        take(cluster.make(grant));
      }
      event();
    }
  }

  /** The same; then everything due is done, and a while later there is one whole run. */
  void stepThatSettles() {
    stepWithEventsBetweenSlices();
    run(1 + random.nextInt(6));
    cluster.pass(Duration.ofSeconds(2));
    run(Long.MAX_VALUE);
  }

  private void run(long budget) {
    for (var offer : cluster.offers(budget)) {
      take(offer);
    }
  }

  private void take(Offer offer) {
    offersSeen++;
    var agent = agents.get(offer.agent());
    assertTrue(agent.active(), () -> "offer of an agent that is away: " + offer);
    assertTrue(
        whitelist.isEmpty() || whitelist.get().contains(agent.info().getHostname()),
        () -> "offer of a host that is not listed: " + offer);
    var row = frameworks.get(offer.framework());
    assertTrue(row.connected() && row.roles().contains(offer.role()), offer::toString);
    assertTrue(!row.suppressed().contains(offer.role()), offer::toString);
    refusals.check(offer, cluster.now());
    new Bounds(agents, quotas.values()).check(offer, concat());
    open.add(offer);
  }

  private List<Offer> concat() {
    var all = new ArrayList<>(open);
    all.addAll(used);
    return all;
  }

  private void event() {
    switch (random.nextInt(flat ? 17 : 28)) {
      case 0 -> putAgent(rows.agent());
      case 1 -> {
        if (!agents.isEmpty()) {
          disconnect(any(agents));
        }
      }
      case 2 -> {
        if (agents.size() > 3) {
          remove(any(agents));
        }
      }
      case 3 -> putFramework(rows.framework());
      case 4 -> {
        if (!frameworks.isEmpty()) {
          disconnect(any(frameworks));
        }
      }
      case 5 -> {
        if (frameworks.size() > 3) {
          remove(any(frameworks));
        }
      }
      case 6 -> suppressOrRevive();
      case 7, 8, 20, 21 -> {
        if (!used.isEmpty()) {
          cluster.finish(used.remove(random.nextInt(used.size())));
        }
      }
      case 16 -> {
        if (!agents.isEmpty()) {
          order(any(agents));
        }
      }
      case 17 -> cluster.tell(new RoleEvent.WeightsSet(roles.weights()));
      case 18, 19 -> setQuota(roles.quota());
      case 25 -> readd();
      case 26 -> list();
      default -> answer();
    }
  }

  /** Something runs that this master did not offer: its agent says so when it comes. */
  private void readd() {
    if (agents.isEmpty() || frameworks.isEmpty()) {
      return;
    }
    var agent = any(agents);
    var row = any(frameworks);
    var role = row.roles().get(random.nextInt(row.roles().size()));
    var left = agent.total();
    for (var offer : concat()) {
      if (offer.agent().equals(agent.id())) {
        left = left.minus(offer.resources().withoutAllocation());
      }
    }
    var part = rows.partOf(left.unreserved().nonShared());
    if (!part.isEmpty()) {
      var id = "E" + readded++;
      var resources = part.withAllocation(role);
      cluster.tell(
          new ExecutorEvent.Readded(
              new Executor(
                  row.id(),
                  new ExecutorId(id),
                  agent.id(),
                  role,
                  resources,
                  ByteString.EMPTY,
                  true)));
      used.add(new Offer(new OfferId(id), row.id(), agent.id(), role, resources));
    }
  }

  /** Some hosts are offered, or all of them again. */
  private void list() {
    var hosts = new TreeSet<String>();
    agents.values().forEach(agent -> hosts.add(agent.info().getHostname()));
    hosts.removeIf(host -> random.nextInt(3) == 0);
    whitelist = random.nextBoolean() ? Optional.empty() : Optional.of(hosts);
    cluster.tell(new AgentEvent.Whitelisted(whitelist));
  }

  private void setQuota(Quota quota) {
    quotas.put(quota.role(), quota);
    cluster.tell(new RoleEvent.QuotasSet(List.of(quota)));
  }

  private void answer() {
    if (open.isEmpty()) {
      return;
    }
    var offer = open.remove(random.nextInt(open.size()));
    double refusal = REFUSALS[random.nextInt(REFUSALS.length)];
    var part = rows.partOf(offer.resources().withoutAllocation());
    boolean accepted = random.nextInt(3) > 0 && !part.isEmpty();
    var refused = offer.resources().withoutAllocation();
    if (accepted) {
      used.add(cluster.accept(offer, part, refusal));
      refused = refused.minus(part);
    } else {
      cluster.decline(offer, refusal);
    }
    var row = frameworks.get(offer.framework());
    if (refusal > 0 && !refused.isEmpty() && row.roles().contains(offer.role())) {
      refusals.add(offer, refused, cluster.now(), refusal);
    }
  }

  private void putAgent(Agent row) {
    var old = agents.put(row.id(), row);
    if (old != null) {
      if (!old.info().getAttributesList().equals(row.info().getAttributesList())) {
        refusals.forgetAgent(row.id());
      }
      // What is used stays used; offers end when a session does.
      giveUp(offer -> offer.agent().equals(row.id()));
      cluster.tell(new AgentEvent.Reregistered(row));
    } else {
      cluster.tell(new AgentEvent.Registered(row));
    }
  }

  private void disconnect(Agent row) {
    cluster.disconnect(row);
    agents.put(row.id(), row.withLink(new AgentLink.Disconnected(Instant.EPOCH)));
    giveUp(offer -> offer.agent().equals(row.id()));
  }

  /** To be out of service, or in it again. */
  private void order(Agent row) {
    var orders = row.deactivated() ? Orders.NONE : Orders.DEACTIVATED;
    agents.put(row.id(), row.withOrders(orders));
    giveUp(offer -> offer.agent().equals(row.id()));
    cluster.tell(new AgentEvent.OrdersChanged(row.id(), orders));
  }

  private void remove(Agent row) {
    agents.remove(row.id());
    refusals.forgetAgent(row.id());
    // Some of it comes back before, some after, or not at all.
    if (random.nextBoolean()) {
      giveUp(offer -> offer.agent().equals(row.id()));
    }
    cluster.remove(row.id().value());
    giveUp(offer -> offer.agent().equals(row.id()));
    used.removeIf(offer -> offer.agent().equals(row.id()));
  }

  private void putFramework(Framework row) {
    boolean known = frameworks.put(row.id(), row) != null;
    refusals.forget(row.id(), role -> !row.roles().contains(role));
    cluster.tell(known ? new FrameworkEvent.Updated(row) : new FrameworkEvent.Added(row));
  }

  private void disconnect(Framework row) {
    cluster.tell(new FrameworkEvent.Disconnected(row.id(), Instant.EPOCH));
    frameworks.put(row.id(), row.withLink(new FrameworkLink.Disconnected(Instant.EPOCH)));
    giveUp(offer -> offer.framework().equals(row.id()));
    refusals.forget(row.id(), role -> true);
  }

  private void remove(Framework row) {
    frameworks.remove(row.id());
    refusals.forget(row.id(), role -> true);
    if (random.nextBoolean()) {
      giveUp(offer -> offer.framework().equals(row.id()));
    }
    cluster.tell(new FrameworkEvent.Removed(row.id(), row.info(), Instant.EPOCH));
    giveUp(offer -> offer.framework().equals(row.id()));
    used.removeIf(offer -> offer.framework().equals(row.id()));
  }

  private void suppressOrRevive() {
    if (frameworks.isEmpty()) {
      return;
    }
    var row = any(frameworks);
    var role = row.roles().get(random.nextInt(row.roles().size()));
    var suppressed = new ArrayList<>(row.suppressed());
    suppressed.remove(role);
    if (random.nextBoolean()) {
      suppressed.add(role);
      cluster.suppress(row.id().value(), role);
    } else {
      cluster.revive(row.id().value(), role);
      refusals.forget(row.id(), role::equals);
    }
    frameworks.put(row.id(), row.withSuppressed(suppressed));
  }

  private void giveUp(Predicate<Offer> which) {
    for (var offer : List.copyOf(open)) {
      if (which.test(offer)) {
        open.remove(offer);
        cluster.decline(offer, 0);
      }
    }
  }

  private <T> T any(Map<?, T> rows) {
    return List.copyOf(rows.values()).get(random.nextInt(rows.size()));
  }
}
