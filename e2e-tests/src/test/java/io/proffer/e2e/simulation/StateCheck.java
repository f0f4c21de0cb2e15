package io.proffer.e2e.simulation;

import io.proffer.api.resource.Resources;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.Task;
import io.proffer.api.v1.master.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One GET_STATE: its lists are of one moment, so they must add up. */
final class StateCheck {
  private final World world;
  private final Response.GetState state;
  private final Map<String, Resources> usedOn = new HashMap<>();
  private final Map<String, Resources> offeredOn = new HashMap<>();
  private final Map<String, Resources> usedBy = new HashMap<>();
  private final Map<String, Resources> offeredTo = new HashMap<>();

  StateCheck(World world, Response.GetState state) {
    this.world = world;
    this.state = state;
    addTasks();
    addExecutors();
    addOffers();
    checkAgents();
    checkFrameworks();
  }

  /**
   * What may be so while something is under way, and not for ever.
   *
   * @param agents how many agents there are
   * @param frameworks ids of the frameworks there are; others may be there of which nobody ever
   *     heard, because the answer to their first SUBSCRIBE was lost
   */
  List<String> openEnds(int agents, Set<String> frameworks) {
    var ends = new ArrayList<String>();
    for (var task : state.getGetTasks().getTasksList()) {
      ends.add("the master shows %s as %s".formatted(name(task), task.getState()));
    }
    for (var executor : state.getGetExecutors().getExecutorsList()) {
      ends.add("the master shows executor " + executor);
    }
    var active =
        state.getGetAgents().getAgentsList().stream()
            .filter(Response.GetAgents.Agent::getActive)
            .count();
    if (active != agents || active != state.getGetAgents().getAgentsCount()) {
      ends.add(
          "the master shows %d agents, %d active, of %d"
              .formatted(state.getGetAgents().getAgentsCount(), active, agents));
    }
    var awaited = new TreeSet<>(frameworks);
    for (var framework : state.getGetFrameworks().getFrameworksList()) {
      if (framework.getConnected()) {
        awaited.remove(framework.getFrameworkInfo().getId().getValue());
      }
    }
    awaited.forEach(id -> ends.add("the master does not show %s as connected".formatted(id)));
    return ends;
  }

  private void addTasks() {
    var names = new HashSet<String>();
    for (var task : state.getGetTasks().getTasksList()) {
      once(names, task);
      if (!TaskLives.isTerminal(task.getState())) {
        add(usedOn, task.getAgentId().getValue(), task.getResourcesList());
        add(usedBy, task.getFrameworkId().getValue(), task.getResourcesList());
      }
    }
    state.getGetTasks().getUnreachableTasksList().forEach(task -> once(names, task));
  }

  private void addExecutors() {
    var names = new HashSet<String>();
    for (var executor : state.getGetExecutors().getExecutorsList()) {
      var info = executor.getExecutorInfo();
      var agent = executor.getAgentId().getValue();
      var framework = info.getFrameworkId().getValue();
      if (!names.add(agent + " " + framework + " " + info.getExecutorId().getValue())) {
        throw world.broken("GET_STATE has two of executor " + executor);
      }
      add(usedOn, agent, info.getResourcesList());
      add(usedBy, framework, info.getResourcesList());
    }
  }

  private void once(Set<String> names, Task task) {
    if (!names.add(name(task))) {
      throw world.broken("GET_STATE has two of task " + name(task));
    }
  }

  private static String name(Task task) {
    return task.getFrameworkId().getValue() + " " + task.getTaskId().getValue();
  }

  private void addOffers() {
    for (var framework : state.getGetFrameworks().getFrameworksList()) {
      for (var offer : framework.getOffersList()) {
        add(offeredOn, offer.getAgentId().getValue(), offer.getResourcesList());
        add(offeredTo, offer.getFrameworkId().getValue(), offer.getResourcesList());
      }
    }
  }

  private void checkAgents() {
    for (var agent : state.getGetAgents().getAgentsList()) {
      var id = agent.getAgentInfo().getId().getValue();
      same("used on " + id, usedOn.get(id), agent.getAllocatedResourcesList());
      same("offered on " + id, offeredOn.get(id), agent.getOfferedResourcesList());
      var total = plain(agent.getTotalResourcesList());
      var held =
          plain(agent.getAllocatedResourcesList()).plus(plain(agent.getOfferedResourcesList()));
      if (!total.contains(held)) {
        throw world.broken("GET_STATE: %s has %s, and %s is held".formatted(id, total, held));
      }
    }
  }

  private void checkFrameworks() {
    for (var framework : state.getGetFrameworks().getFrameworksList()) {
      var id = framework.getFrameworkInfo().getId().getValue();
      same("used by " + id, usedBy.get(id), framework.getAllocatedResourcesList());
      same("offered to " + id, offeredTo.get(id), framework.getOfferedResourcesList());
    }
  }

  private void same(String what, Resources sum, List<Resource> said) {
    var summed = sum == null ? Resources.empty() : sum;
    if (!summed.contains(plain(said)) || !plain(said).contains(summed)) {
      throw world.broken(
          "GET_STATE: %s is %s, and the parts make %s".formatted(what, plain(said), summed));
    }
  }

  private static void add(Map<String, Resources> sums, String key, List<Resource> more) {
    sums.merge(key, plain(more), Resources::plus);
  }

  private static Resources plain(List<Resource> resources) {
    return Resources.of(resources).withoutAllocation();
  }
}
