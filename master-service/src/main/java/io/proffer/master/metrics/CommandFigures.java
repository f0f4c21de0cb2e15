package io.proffer.master.metrics;

import io.proffer.api.metrics.Figures;
import io.proffer.api.metrics.Metric;
import io.proffer.api.metrics.TurnTimes;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.metrics.FrameCounts.Kind;

/**
 * What was received, under the reference's names. Prometheus has the same numbers as counts of
 * {@code proffer_master_turn_seconds}: each command has a turn.
 */
final class CommandFigures {
  private static final Metric DROPPED =
      Metric.counter(
          "proffer_master_unheeded_total",
          "Updates, acknowledgements and messages that concerned nobody known.",
          "kind");
  private static final Metric LAUNCHED =
      Metric.counter("proffer_master_tasks_launched_total", "Tasks sent to agents.");
  private static final Metric EVENTS =
      Metric.counter("proffer_master_events_total", "Facts the core has decided.");
  private static final Metric EFFECTS =
      Metric.counter(
          "proffer_master_effects_total", "Records, events and answers the core has sent.");
  private static final Metric INCIDENTS =
      Metric.counter("proffer_master_incidents_total", "Rules that failed and were undone.");

  private final TurnTimes turns;
  private final FrameCounts counts;
  private final Figures figures;

  private CommandFigures(TurnTimes turns, FrameCounts counts, Figures figures) {
    this.turns = turns;
    this.counts = counts;
    this.figures = figures;
  }

  static void add(TurnTimes turns, FrameCounts counts, Figures figures) {
    var all = new CommandFigures(turns, counts, figures);
    all.schedulers();
    all.agents();
    all.heeded();
    figures.add(LAUNCHED, counts.get(Kind.TASKS_LAUNCHED));
    figures.add(EVENTS, counts.get(Kind.EVENTS));
    figures.add(EFFECTS, counts.get(Kind.EFFECTS));
    figures.add(INCIDENTS, counts.incidents());
  }

  private void schedulers() {
    name("decline_offers", turns.count(SchedulerCommand.Decline.class));
    name("framework_to_executor", turns.count(SchedulerCommand.Message.class));
    name("kill_task", turns.count(SchedulerCommand.Kill.class));
    name("launch_tasks", counts.get(Kind.CALLS_TO_LAUNCH));
    name(
        "operation_status_update_acknowledgement",
        turns.count(SchedulerCommand.AcknowledgeOperation.class));
    name("reconcile_operations", turns.count(SchedulerCommand.ReconcileOperations.class));
    name("reconcile_tasks", turns.count(SchedulerCommand.Reconcile.class));
    var first = counts.get(Kind.FIRST_SUBSCRIPTIONS);
    name("register_framework", first);
    name("reregister_framework", turns.count(SchedulerCommand.Subscribe.class) - first);
    name("resource_request", turns.count(SchedulerCommand.Request.class));
    name("revive_offers", turns.count(SchedulerCommand.Revive.class));
    name("status_update_acknowledgement", turns.count(SchedulerCommand.Acknowledge.class));
    name("suppress_offers", turns.count(SchedulerCommand.Suppress.class));
    name("unregister_framework", turns.count(SchedulerCommand.Teardown.class));
  }

  private void agents() {
    name("executor_to_framework", turns.count(AgentCommand.Message.class));
    name("exited_executor", turns.count(AgentCommand.ExecutorExited.class));
    var first = counts.get(Kind.FIRST_REGISTRATIONS);
    name("register_slave", first);
    name("reregister_slave", turns.count(AgentCommand.Subscribe.class) - first);
    name("status_update", turns.count(AgentCommand.Update.class));
    name("unregister_slave", turns.count(AgentCommand.Unregister.class));
  }

  private void heeded() {
    heeded("status_updates", turns.count(AgentCommand.Update.class), Kind.UPDATES_TAKEN);
    heeded(
        "status_update_acknowledgements",
        turns.count(SchedulerCommand.Acknowledge.class),
        Kind.ACKNOWLEDGEMENTS_TAKEN);
    heeded(
        "executor_to_framework_messages",
        turns.count(AgentCommand.Message.class),
        Kind.MESSAGES_TO_FRAMEWORKS);
    heeded(
        "framework_to_executor_messages",
        turns.count(SchedulerCommand.Message.class),
        Kind.MESSAGES_TO_EXECUTORS);
  }

  private void heeded(String what, long received, Kind taken) {
    long valid = counts.get(taken);
    // Counts of both kinds move while they are read.
    long invalid = Math.max(0, received - valid);
    figures.name("master/valid_" + what, valid);
    figures.add("master/invalid_" + what, DROPPED, invalid, what);
  }

  private void name(String message, long count) {
    figures.name("master/messages_" + message, count);
  }
}
