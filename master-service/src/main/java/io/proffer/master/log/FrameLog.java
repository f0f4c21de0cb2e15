package io.proffer.master.log;

import io.proffer.api.log.Foreign;
import io.proffer.api.v1.TaskState;
import io.proffer.kernel.Frame;
import io.proffer.master.core.effect.Effect;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.ExecutorEvent;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.InverseOfferEvent;
import io.proffer.master.core.event.MaintenanceEvent;
import io.proffer.master.core.event.OfferEvent;
import io.proffer.master.core.event.RoleEvent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.event.WorkEvent;
import io.proffer.master.core.fact.FrameworkLink;
import io.proffer.master.core.fact.Orders;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Tells what was decided. What comes by the thousand is at DEBUG: offers, and that a task is under
 * way or still there; that it was launched and how it ended is at INFO. What others chose stands
 * there as {@link Foreign}: ids and names of frameworks, tasks and agents, messages, roles.
 */
public final class FrameLog implements Consumer<Frame<Event, Effect>> {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.master");

  @Override
  public void accept(Frame<Event, Effect> frame) {
    for (var event : frame.events()) {
      switch (event) {
        case FrameworkEvent framework -> tell(framework);
        case AgentEvent agent -> tell(agent);
        case TaskEvent task -> tell(task);
        case OfferEvent offer -> tell(offer);
        case InverseOfferEvent offer -> tell(offer);
        case ExecutorEvent executor -> tell(executor);
        case RoleEvent role -> tell(role);
        case MaintenanceEvent.Changed(var maintenance) ->
            LOG.info(
                "Maintenance is planned in {} windows, {} machines are down",
                maintenance.schedule().getWindowsCount(),
                maintenance.down().size());
        case WorkEvent work -> LOG.debug("Work: {}", new Foreign(work));
      }
    }
  }

  private static void tell(FrameworkEvent event) {
    switch (event) {
      case FrameworkEvent.Added(var framework) -> {
        if (framework.link() instanceof FrameworkLink.Recovered) {
          LOG.info(
              "Framework {} ({}) recovered",
              new Foreign(framework.id()),
              new Foreign(framework.info().getName()));
        } else {
          LOG.info(
              "Framework {} ({}) subscribed, roles {}",
              new Foreign(framework.id()),
              new Foreign(framework.info().getName()),
              new Foreign(framework.roles()));
        }
      }
      case FrameworkEvent.Updated(var framework) ->
          LOG.info(
              "Framework {} ({}) subscribed again or updated, roles {}",
              new Foreign(framework.id()),
              new Foreign(framework.info().getName()),
              new Foreign(framework.roles()));
      case FrameworkEvent.Disconnected(var id, var since) ->
          LOG.info("Framework {} disconnected", new Foreign(id));
      case FrameworkEvent.Suppressed(var id, var roles) ->
          LOG.debug("Framework {} suppressed {}", new Foreign(id), new Foreign(roles));
      case FrameworkEvent.Revived(var id, var roles) ->
          LOG.debug("Framework {} revived {}", new Foreign(id), new Foreign(roles));
      case FrameworkEvent.Removed(var id, var info, var at) ->
          LOG.info("Framework {} removed", new Foreign(id));
    }
  }

  private static void tell(AgentEvent event) {
    switch (event) {
      case AgentEvent.Admitted(var info) ->
          LOG.info(
              "Agent {} at {} admitted",
              new Foreign(info.getId().getValue()),
              new Foreign(info.getHostname()));
      case AgentEvent.MarkedReachable(var info) ->
          LOG.info(
              "Agent {} at {} is reachable",
              new Foreign(info.getId().getValue()),
              new Foreign(info.getHostname()));
      case AgentEvent.MarkedUnreachable(var id, var at) ->
          LOG.warn("Agent {} is unreachable", new Foreign(id));
      case AgentEvent.Whitelisted(var hostnames) ->
          LOG.info(
              "Agents are offered that are on {}",
              new Foreign(
                  hostnames
                      .map(names -> names.isEmpty() ? "no host" : names.toString())
                      .orElse("any host")));
      case AgentEvent.MarkedGone(var id, var at) ->
          LOG.info("Agent {} is gone by order", new Foreign(id));
      case AgentEvent.Pruned(var id) ->
          LOG.info(
              "Agent {} was lost long ago, or too many were since: forgotten", new Foreign(id));
      case AgentEvent.OrdersChanged(var id, var orders) ->
          LOG.info("Agent {} is {} by order", new Foreign(id), standing(orders));
      case AgentEvent.Removed(var id) -> LOG.info("Agent {} removed", new Foreign(id));
      case AgentEvent.Registered(var agent) ->
          LOG.info(
              "Agent {} registered at {}: {}",
              new Foreign(agent.id()),
              new Foreign(agent.pid()),
              new Foreign(agent.total()));
      case AgentEvent.Reregistered(var agent) ->
          LOG.info(
              "Agent {} registered again at {}: {}",
              new Foreign(agent.id()),
              new Foreign(agent.pid()),
              new Foreign(agent.total()));
      case AgentEvent.Disconnected(var id, var since) ->
          LOG.info("Agent {} disconnected", new Foreign(id));
    }
  }

  private static String standing(Orders orders) {
    if (orders.drain().isEmpty()) {
      return orders.deactivated() ? "deactivated" : "active";
    }
    return orders.isDraining() ? "draining" : "drained";
  }

  private static void tell(TaskEvent event) {
    switch (event) {
      case TaskEvent.Launched(var task) -> {
        LOG.info(
            "Task {} of framework {} launched on agent {}",
            new Foreign(task.id()),
            new Foreign(task.framework()),
            new Foreign(task.agent()));
        // Wording resources costs as much as the launch itself.
        LOG.debug("Task {} takes {}", new Foreign(task.id()), new Foreign(task.resources()));
      }
      case TaskEvent.Readded(var task) ->
          LOG.debug(
              "Task {} of framework {} is still on agent {}, {}",
              new Foreign(task.id()),
              new Foreign(task.framework()),
              new Foreign(task.agent()),
              task.state());
      case TaskEvent.Refused(var framework, var task, var status) ->
          LOG.info(
              "Task {} of framework {} refused, {}: {}",
              new Foreign(task),
              new Foreign(framework),
              status.getState(),
              new Foreign(status.getMessage()));
      case TaskEvent.Updated(
              var framework,
              var task,
              var status,
              var latest,
              var news,
              var ended) ->
          LOG.atLevel(isUnderWay(status.getState()) ? Level.DEBUG : Level.INFO)
              .log(
                  "Task {} of framework {} is {} {}",
                  new Foreign(task),
                  new Foreign(framework),
                  status.getState(),
                  new Foreign(status.getMessage()));
      case TaskEvent.Acknowledged(var framework, var task, var uuid) ->
          LOG.debug(
              "Update of task {} of framework {} acknowledged",
              new Foreign(task),
              new Foreign(framework));
      case TaskEvent.KillAsked(var framework, var task, var agent) ->
          LOG.info(
              "Task {} of framework {} is to be killed on agent {}",
              new Foreign(task),
              new Foreign(framework),
              new Foreign(agent));
      case TaskEvent.Unreachable(var framework, var task, var status, var since) ->
          LOG.info(
              "Task {} of framework {} is out of reach, {}",
              new Foreign(task),
              new Foreign(framework),
              status.getState());
      case TaskEvent.Completed(var framework, var task) ->
          LOG.debug("Task {} of framework {} completed", new Foreign(task), new Foreign(framework));
    }
  }

  private static void tell(ExecutorEvent event) {
    switch (event) {
      case ExecutorEvent.Launched(var executor) ->
          LOG.info(
              "Executor {} of framework {} launched on agent {}",
              new Foreign(executor.id()),
              new Foreign(executor.framework()),
              new Foreign(executor.agent()));
      case ExecutorEvent.Readded(var executor) ->
          LOG.debug(
              "Executor {} of framework {} is still on agent {}",
              new Foreign(executor.id()),
              new Foreign(executor.framework()),
              new Foreign(executor.agent()));
      case ExecutorEvent.Ended(var agent, var framework, var executor) ->
          LOG.info(
              "Executor {} of framework {} on agent {} ended",
              new Foreign(executor),
              new Foreign(framework),
              new Foreign(agent));
    }
  }

  private static void tell(RoleEvent event) {
    switch (event) {
      case RoleEvent.WeightsSet(var weights) -> LOG.info("Weights set: {}", new Foreign(weights));
      case RoleEvent.QuotasSet(var quotas) ->
          quotas.forEach(
              quota -> {
                if (quota.isDefault()) {
                  LOG.info("Role {} has no quota any more", new Foreign(quota.role()));
                } else {
                  LOG.info(
                      "Quota of role {} set: guarantees '{}', limits '{}'",
                      new Foreign(quota.role()),
                      new Foreign(quota.guarantees()),
                      new Foreign(quota.limitsText()));
                }
              });
    }
  }

  private static boolean isUnderWay(TaskState state) {
    return switch (state) {
      case TASK_STAGING, TASK_STARTING, TASK_RUNNING -> true;
      case TASK_KILLING,
          TASK_FINISHED,
          TASK_FAILED,
          TASK_KILLED,
          TASK_ERROR,
          TASK_LOST,
          TASK_DROPPED,
          TASK_UNREACHABLE,
          TASK_GONE,
          TASK_GONE_BY_OPERATOR,
          TASK_UNKNOWN ->
          false;
    };
  }

  private static void tell(OfferEvent event) {
    switch (event) {
      case OfferEvent.Made(var offer) ->
          LOG.debug(
              "Offer {} to framework {} of agent {}: {}",
              new Foreign(offer.id()),
              new Foreign(offer.framework()),
              new Foreign(offer.agent()),
              new Foreign(offer.resources()));
      case OfferEvent.Ended(var id, var end) ->
          LOG.debug("Offer {} ended: {}", new Foreign(id), end);
      case OfferEvent.Returned returned ->
          LOG.debug("Resources returned: {}", new Foreign(returned));
    }
  }

  private static void tell(InverseOfferEvent event) {
    switch (event) {
      case InverseOfferEvent.Made(var offer) ->
          LOG.debug(
              "Framework {} is asked about maintenance of agent {}: inverse offer {}",
              new Foreign(offer.framework()),
              new Foreign(offer.agent()),
              new Foreign(offer.id()));
      case InverseOfferEvent.Answered(var id, var answer) ->
          LOG.info(
              "Framework {} {} maintenance of agent {}: inverse offer {}",
              new Foreign(answer.framework()),
              answer.accepted() ? "accepted" : "declined",
              new Foreign(answer.agent()),
              new Foreign(id));
      case InverseOfferEvent.Ended(var id, var end) ->
          LOG.debug("Inverse offer {} ended: {}", new Foreign(id), end);
      case InverseOfferEvent.AnswersForgotten(var agent) ->
          LOG.debug("Answers about maintenance of agent {} are of an old plan", new Foreign(agent));
    }
  }
}
