package io.proffer.agent.metrics;

import io.proffer.agent.core.command.ExecutorCommand;
import io.proffer.agent.core.fact.Snapshot;
import io.proffer.agent.metrics.FrameCounts.Kind;
import io.proffer.api.metrics.EventLoopDelay;
import io.proffer.api.metrics.Figures;
import io.proffer.api.metrics.Metric;
import io.proffer.api.metrics.Spans;
import io.proffer.api.metrics.TurnTimes;
import io.proffer.api.v1.TaskState;
import io.proffer.kernel.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** All figures of an agent, from the cells they are counted in. */
public final class AgentFigures {
  private static final Metric UPTIME =
      Metric.gauge("proffer_agent_uptime_seconds", "Time since the start.");
  private static final Metric RECOVERY =
      Metric.gauge(
          "proffer_agent_recovery_seconds",
          "Time from the start until it was known what an earlier run left.");
  private static final Metric UPDATES =
      Metric.counter(
          "proffer_agent_status_updates_total", "Status updates for frameworks.", "state");
  private static final Metric REFUSED =
      Metric.counter(
          "proffer_agent_refused_updates_total", "Status updates of executors that were refused.");
  private static final Metric MESSAGES =
      Metric.counter(
          "proffer_agent_framework_messages_total",
          "Messages of frameworks for executors: passed on and dropped.",
          "outcome");
  private static final Metric ENDED =
      Metric.counter("proffer_agent_executors_ended_total", "Containers that have ended.");
  private static final Metric FAILED =
      Metric.counter(
          "proffer_agent_container_launch_errors_total", "Containers that could not be started.");
  private static final Metric INCIDENTS =
      Metric.counter("proffer_agent_incidents_total", "Rules that failed and were undone.");
  private static final Metric QUEUE =
      Metric.gauge(
          "proffer_agent_queue",
          "What waits: commands for their turn, frames for the checkpoint.",
          "queue");
  private static final Metric STORE =
      Metric.histogram("proffer_agent_checkpoint_seconds", "Time of checkpoints, in batches.");

  /** The states whose updates the reference has a number of. */
  private static final List<TaskState> ENDS =
      List.of(
          TaskState.TASK_FINISHED,
          TaskState.TASK_FAILED,
          TaskState.TASK_KILLED,
          TaskState.TASK_LOST,
          TaskState.TASK_GONE);

  /**
   * What counts.
   *
   * @param more what other rooms tell
   */
  public record Counted(
      FrameCounts frames,
      TurnTimes turns,
      Spans store,
      EventLoopDelay eventLoops,
      Consumer<? super Figures> more) {}

  /**
   * What waits, asked when it is told.
   *
   * @param commands for their turn
   * @param frames for the checkpoint
   */
  public record Queues(IntSupplier commands, IntSupplier frames) {}

  private static final double NANOS = 1e9;

  private final Counted counted;
  private final Queues queues;
  private final Clock clock;
  private final long startedNanos;

  public AgentFigures(Counted counted, Queues queues, Clock clock) {
    this.counted = counted;
    this.queues = queues;
    this.clock = clock;
    this.startedNanos = clock.monotonicNanos();
  }

  /** Names a kind of command: masters and executors have some of the same name. */
  public static String word(Class<?> command) {
    var prefix = ExecutorCommand.class.isAssignableFrom(command) ? "Executor" : "";
    return prefix + command.getSimpleName();
  }

  /** Tells all that is known; without tables what can be known without them. */
  public void tell(Optional<Snapshot> tables, Figures figures) {
    counts(figures);
    figures.add("slave/uptime_secs", UPTIME, (clock.monotonicNanos() - startedNanos) / NANOS);
    counted
        .frames()
        .recoveryNanos()
        .ifPresent(nanos -> figures.add("slave/recovery_time_secs", RECOVERY, nanos / NANOS));
    figures.add(QUEUE, queues.commands().getAsInt(), "commands");
    figures.add(QUEUE, queues.frames().getAsInt(), "frames");
    figures.add(STORE, counted.store().read());
    counted.turns().addTo(figures);
    counted.eventLoops().addTo(figures);
    counted.more().accept(figures);
    tables.ifPresent(snapshot -> TableFigures.add(snapshot, figures));
  }

  private void counts(Figures figures) {
    var frames = counted.frames();
    for (var state : TaskState.values()) {
      var updates = frames.updates(state);
      if (updates > 0) {
        figures.add(UPDATES, updates, TableFigures.word(state));
      }
    }
    for (var state : ENDS) {
      figures.name("slave/tasks_" + TableFigures.word(state), frames.updates(state));
    }
    figures.name("slave/valid_status_updates", frames.updates());
    figures.add("slave/invalid_status_updates", REFUSED, frames.get(Kind.UPDATES_REFUSED));
    figures.add(
        "slave/valid_framework_messages", MESSAGES, frames.get(Kind.MESSAGES_PASSED), "passed");
    figures.add(
        "slave/invalid_framework_messages", MESSAGES, frames.get(Kind.MESSAGES_DROPPED), "dropped");
    figures.add("slave/executors_terminated", ENDED, frames.get(Kind.CONTAINERS_ENDED));
    figures.add("slave/container_launch_errors", FAILED, frames.get(Kind.LAUNCHES_FAILED));
    figures.add(INCIDENTS, frames.get(Kind.INCIDENTS));
  }
}
