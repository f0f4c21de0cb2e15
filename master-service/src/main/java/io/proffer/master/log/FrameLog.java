package io.proffer.master.log;

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
 * way or still there; that it was launched and how it ended is at INFO.
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
        case WorkEvent work -> LOG.debug("Work: {}", work);
      }
    }
  }

  private static void tell(FrameworkEvent event) {
    switch (event) {
      case FrameworkEvent.Added(var framework) -> {
        if (framework.link() instanceof FrameworkLink.Recovered) {
          LOG.info("Framework {} ({}) recovered", framework.id(), framework.info().getName());
        } else {
          LOG.info(
              "Framework {} ({}) subscribed, roles {}",
              framework.id(),
              framework.info().getName(),
              framework.roles());
        }
      }
      case FrameworkEvent.Updated(var framework) ->
          LOG.info(
              "Framework {} ({}) subscribed again or updated, roles {}",
              framework.id(),
              framework.info().getName(),
              framework.roles());
      case FrameworkEvent.Disconnected(var id, var since) ->
          LOG.info("Framework {} disconnected", id);
      case FrameworkEvent.Suppressed(var id, var roles) ->
          LOG.debug("Framework {} suppressed {}", id, roles);
      case FrameworkEvent.Revived(var id, var roles) ->
          LOG.debug("Framework {} revived {}", id, roles);
      case FrameworkEvent.Removed(var id, var info, var at) -> LOG.info("Framework {} removed", id);
    }
  }

  private static void tell(AgentEvent event) {
    switch (event) {
      case AgentEvent.Admitted(var info) ->
          LOG.info("Agent {} at {} admitted", info.getId().getValue(), info.getHostname());
      case AgentEvent.MarkedReachable(var info) ->
          LOG.info("Agent {} at {} is reachable", info.getId().getValue(), info.getHostname());
      case AgentEvent.MarkedUnreachable(var id, var at) -> LOG.warn("Agent {} is unreachable", id);
      case AgentEvent.Whitelisted(var hostnames) ->
          LOG.info(
              "Agents are offered that are on {}",
              hostnames
                  .map(names -> names.isEmpty() ? "no host" : names.toString())
                  .orElse("any host"));
      case AgentEvent.MarkedGone(var id, var at) -> LOG.info("Agent {} is gone by order", id);
      case AgentEvent.Pruned(var id) ->
          LOG.info("Agent {} was lost long ago, or too many were since: forgotten", id);
      case AgentEvent.OrdersChanged(var id, var orders) ->
          LOG.info("Agent {} is {} by order", id, standing(orders));
      case AgentEvent.Removed(var id) -> LOG.info("Agent {} removed", id);
      case AgentEvent.Registered(var agent) ->
          LOG.info("Agent {} registered at {}: {}", agent.id(), agent.pid(), agent.total());
      case AgentEvent.Reregistered(var agent) ->
          LOG.info("Agent {} registered again at {}: {}", agent.id(), agent.pid(), agent.total());
      case AgentEvent.Disconnected(var id, var since) -> LOG.info("Agent {} disconnected", id);
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
            task.id(),
            task.framework(),
            task.agent());
        // Wording resources costs as much as the launch itself.
        LOG.debug("Task {} takes {}", task.id(), task.resources());
      }
      case TaskEvent.Readded(var task) ->
          LOG.debug(
              "Task {} of framework {} is still on agent {}, {}",
              task.id(),
              task.framework(),
              task.agent(),
              task.state());
      case TaskEvent.Refused(var framework, var task, var status) ->
          LOG.info(
              "Task {} of framework {} refused, {}: {}",
              task,
              framework,
              status.getState(),
              status.getMessage());
      case TaskEvent.Updated(var framework, var task, var status, var latest, var news) ->
          LOG.atLevel(isUnderWay(status.getState()) ? Level.DEBUG : Level.INFO)
              .log(
                  "Task {} of framework {} is {} {}",
                  task,
                  framework,
                  status.getState(),
                  status.getMessage());
      case TaskEvent.Acknowledged(var framework, var task, var uuid) ->
          LOG.debug("Update of task {} of framework {} acknowledged", task, framework);
      case TaskEvent.KillAsked(var framework, var task, var agent) ->
          LOG.info("Task {} of framework {} is to be killed on agent {}", task, framework, agent);
      case TaskEvent.Unreachable(var framework, var task, var status, var since) ->
          LOG.info(
              "Task {} of framework {} is out of reach, {}", task, framework, status.getState());
      case TaskEvent.Completed(var framework, var task) ->
          LOG.debug("Task {} of framework {} completed", task, framework);
    }
  }

  private static void tell(ExecutorEvent event) {
    switch (event) {
      case ExecutorEvent.Launched(var executor) ->
          LOG.info(
              "Executor {} of framework {} launched on agent {}",
              executor.id(),
              executor.framework(),
              executor.agent());
      case ExecutorEvent.Readded(var executor) ->
          LOG.debug(
              "Executor {} of framework {} is still on agent {}",
              executor.id(),
              executor.framework(),
              executor.agent());
      case ExecutorEvent.Ended(var agent, var framework, var executor) ->
          LOG.info("Executor {} of framework {} on agent {} ended", executor, framework, agent);
    }
  }

  private static void tell(RoleEvent event) {
    switch (event) {
      case RoleEvent.WeightsSet(var weights) -> LOG.info("Weights set: {}", weights);
      case RoleEvent.QuotasSet(var quotas) ->
          quotas.forEach(
              quota -> {
                if (quota.isDefault()) {
                  LOG.info("Role {} has no quota any more", quota.role());
                } else {
                  LOG.info(
                      "Quota of role {} set: guarantees {}, limits {}",
                      quota.role(),
                      quota.guarantees(),
                      quota.limits());
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
              offer.id(),
              offer.framework(),
              offer.agent(),
              offer.resources());
      case OfferEvent.Ended(var id, var end) -> LOG.debug("Offer {} ended: {}", id, end);
      case OfferEvent.Returned returned -> LOG.debug("Resources returned: {}", returned);
    }
  }

  private static void tell(InverseOfferEvent event) {
    switch (event) {
      case InverseOfferEvent.Made(var offer) ->
          LOG.debug(
              "Framework {} is asked about maintenance of agent {}: inverse offer {}",
              offer.framework(),
              offer.agent(),
              offer.id());
      case InverseOfferEvent.Answered(var id, var answer) ->
          LOG.info(
              "Framework {} {} maintenance of agent {}: inverse offer {}",
              answer.framework(),
              answer.accepted() ? "accepted" : "declined",
              answer.agent(),
              id);
      case InverseOfferEvent.Ended(var id, var end) ->
          LOG.debug("Inverse offer {} ended: {}", id, end);
      case InverseOfferEvent.AnswersForgotten(var agent) ->
          LOG.debug("Answers about maintenance of agent {} are of an old plan", agent);
    }
  }
}
