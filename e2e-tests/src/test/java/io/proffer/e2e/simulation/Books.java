package io.proffer.e2e.simulation;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.OfferId;
import io.proffer.api.id.TaskId;
import io.proffer.api.resource.Resources;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.ExecutorEvent;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Executor;
import io.proffer.master.core.fact.Offer;
import io.proffer.master.core.fact.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who holds what of each agent, kept independently of the master from the events alone. No resource
 * is held twice, each offer has one end, and what an offer carried is used or comes back.
 */
final class Books {
  /** While the disk is slow the loop takes no turns. */
  private static final Duration SOME_TURNS = Duration.ofSeconds(10);

  private record Key(FrameworkId framework, TaskId task) {}

  private record ExecutorKey(FrameworkId framework, ExecutorId executor) {}

  /** An agent's page. */
  private static final class Page {
    private Resources total = Resources.empty();
    private final Map<OfferId, Offer> offers = new LinkedHashMap<>();

    /** Of offers that have ended, and not yet said to be used or free; by framework. */
    private final Map<FrameworkId, Resources> limbo = new LinkedHashMap<>();

    private final Map<Key, Task> tasks = new LinkedHashMap<>();
    private final Map<ExecutorKey, Executor> executors = new LinkedHashMap<>();

    Resources held() {
      var sum = Resources.empty();
      for (var offer : offers.values()) {
        sum = sum.plus(offer.resources().withoutAllocation());
      }
      for (var resources : limbo.values()) {
        sum = sum.plus(resources);
      }
      for (var task : tasks.values()) {
        sum = sum.plus(task.resources().withoutAllocation());
      }
      for (var executor : executors.values()) {
        sum = sum.plus(executor.resources().withoutAllocation());
      }
      return sum;
    }
  }

  private final World world;
  private final Optional<Duration> offerTimeout;
  private final Map<AgentId, Page> pages = new HashMap<>();
  private final Map<OfferId, AgentId> open = new HashMap<>();
  private final Map<OfferId, Long> madeAt = new HashMap<>();
  private final Map<FrameworkId, Boolean> connected = new LinkedHashMap<>();

  /**
   * @param offerTimeout how long an offer may stand
   */
  Books(World world, Optional<Duration> offerTimeout) {
    this.world = world;
    this.offerTimeout = offerTimeout;
  }

  void follow(Event event) {
    switch (event) {
      case AgentEvent.Registered(var agent) -> put(agent);
      case AgentEvent.Reregistered(var agent) -> put(agent);
      case AgentEvent.MarkedUnreachable(var id, var at) -> pages.remove(id);
      case AgentEvent.Removed(var id) -> pages.remove(id);
      case AgentEvent.MarkedGone(var id, var at) -> pages.remove(id);
      case FrameworkEvent.Added(var framework) ->
          connected.put(framework.id(), framework.connected());
      case FrameworkEvent.Updated(var framework) ->
          connected.put(framework.id(), framework.connected());
      case FrameworkEvent.Disconnected(var id, var since) -> connected.put(id, false);
      case FrameworkEvent.Removed(var id, var info, var at) -> forget(id);
      case OfferEvent.Made(var offer) -> made(offer);
      case OfferEvent.Ended(var id, var end) -> ended(id);
      case OfferEvent.Returned returned -> returned(returned);
      case TaskEvent.Launched(var task) -> launched(task);
      case TaskEvent.Readded(var task) -> readded(task);
      case TaskEvent.Updated(
              var framework,
              var task,
              var status,
              var latest,
              var news,
              var ended) ->
          taskLeft(new Key(framework, task), TaskLives.isTerminal(latest));
      case ExecutorEvent.Launched(var executor) -> launched(executor);
      case ExecutorEvent.Readded(var executor) -> put(executor);
      case ExecutorEvent.Ended(var agent, var framework, var executor) ->
          ended(agent, new ExecutorKey(framework, executor));
      default -> {}
    }
  }

  /** Between frames nobody who is gone holds an offer, and no offer outlives its time. */
  void checkBetweenFrames() {
    open.forEach(
        (offer, agent) -> {
          if (!pages.containsKey(agent)) {
            throw world.broken(
                "offer %s is still open, and agent %s is gone".formatted(offer, agent));
          }
        });
    for (var page : pages.values()) {
      for (var offer : page.offers.values()) {
        checkAge(offer);
        if (!connected.getOrDefault(offer.framework(), false)) {
          throw world.broken("still open, and its framework is gone: " + offer);
        }
      }
    }
  }

  /** What is not as it should be when nothing is under way any more. */
  List<String> openEnds() {
    var ends = new ArrayList<String>();
    pages.forEach(
        (id, page) -> {
          page.limbo.forEach(
              (framework, resources) -> {
                if (!resources.isEmpty()) {
                  ends.add(
                      "%s of %s, once offered to %s, never came back"
                          .formatted(resources, id, framework));
                }
              });
          page.tasks.keySet().forEach(task -> ends.add("the books still hold " + task));
          page.executors.keySet().forEach(one -> ends.add("the books still hold " + one));
        });
    return ends;
  }

  private void put(Agent agent) {
    pages.computeIfAbsent(agent.id(), id -> new Page()).total = agent.total();
  }

  private void checkAge(Offer offer) {
    var age = Duration.ofNanos(world.monotonicNanos() - madeAt.get(offer.id()));
    if (offerTimeout.filter(limit -> age.compareTo(limit.plus(SOME_TURNS)) > 0).isPresent()) {
      throw world.broken("still open after " + age + ": " + offer);
    }
  }

  private void made(Offer offer) {
    if (madeAt.put(offer.id(), world.monotonicNanos()) != null) {
      throw world.broken("offer " + offer.id() + " was made twice");
    }
    if (!connected.getOrDefault(offer.framework(), false)) {
      throw world.broken("made to a framework that is not there: " + offer);
    }
    var page = pages.get(offer.agent());
    if (page == null) {
      throw world.broken("made of an agent that is not there: " + offer);
    }
    page.offers.put(offer.id(), offer);
    open.put(offer.id(), offer.agent());
    check(page, offer);
  }

  private void ended(OfferId id) {
    var agent = open.remove(id);
    if (agent == null) {
      throw world.broken("offer " + id + " ended, and it was not open");
    }
    var page = pages.get(agent);
    if (page != null) {
      var offer = page.offers.remove(id);
      if (offer != null) {
        page.limbo.merge(offer.framework(), offer.resources().withoutAllocation(), Resources::plus);
      }
    }
  }

  private void returned(OfferEvent.Returned event) {
    var page = pages.get(event.agent());
    if (page != null && event.cause() == OfferEvent.Cause.UNUSED) {
      takeFromLimbo(page, event.framework(), event.resources().withoutAllocation(), event);
    }
  }

  private void launched(Task task) {
    var page = pages.get(task.agent());
    if (page == null) {
      throw world.broken("launched on an agent that is not there: " + task);
    }
    takeFromLimbo(page, task.framework(), task.resources().withoutAllocation(), task);
    page.tasks.put(new Key(task.framework(), task.id()), task);
    check(page, task);
  }

  private void readded(Task task) {
    var page = pages.get(task.agent());
    if (page != null && !TaskLives.isTerminal(task.state())) {
      page.tasks.put(new Key(task.framework(), task.id()), task);
      check(page, task);
    }
  }

  private void launched(Executor executor) {
    var page = pages.get(executor.agent());
    if (page == null) {
      throw world.broken("launched on an agent that is not there: " + executor);
    }
    var resources = executor.resources().withoutAllocation();
    takeFromLimbo(page, executor.framework(), resources, executor);
    put(executor);
  }

  private void put(Executor executor) {
    var page = pages.get(executor.agent());
    if (page != null) {
      page.executors.put(new ExecutorKey(executor.framework(), executor.id()), executor);
      check(page, executor);
    }
  }

  private void ended(AgentId agent, ExecutorKey executor) {
    var page = pages.get(agent);
    if (page != null) {
      page.executors.remove(executor);
    }
  }

  private void taskLeft(Key key, boolean terminal) {
    if (terminal) {
      pages.values().forEach(page -> page.tasks.remove(key));
    }
  }

  /** All it held is free for others at once. */
  private void forget(FrameworkId id) {
    connected.remove(id);
    for (var page : pages.values()) {
      page.limbo.remove(id);
      page.tasks.keySet().removeIf(key -> key.framework().equals(id));
      page.executors.keySet().removeIf(key -> key.framework().equals(id));
    }
  }

  private void takeFromLimbo(Page page, FrameworkId framework, Resources taken, Object cause) {
    var held = page.limbo.get(framework);
    if (held == null && !connected.containsKey(framework)) {
      return;
    }
    if (held == null || !held.contains(taken)) {
      throw world.broken("%s of %s are not there for %s".formatted(taken, held, cause));
    }
    page.limbo.put(framework, held.minus(taken));
  }

  private void check(Page page, Object cause) {
    var held = page.held();
    if (!page.total.contains(held)) {
      throw world.broken("of %s there is %s held after %s".formatted(page.total, held, cause));
    }
  }
}
