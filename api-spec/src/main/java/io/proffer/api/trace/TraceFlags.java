package io.proffer.api.trace;

import io.proffer.api.flags.Expecting;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Whether and how tasks are followed. */
public final class TraceFlags {
  @Option(
      names = "--trace_tasks",
      defaultValue = "false",
      description =
          "Log each hop of a task from ACCEPT to TASK_RUNNING with its time (${DEFAULT-VALUE}).")
  private boolean traceTasks;

  @Option(
      names = "--max_traced_tasks",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "10000",
      description = "How many tasks are followed at a time (${DEFAULT-VALUE}).")
  private int maxTracedTasks;

  /**
   * Who follows them; empty when nobody shall.
   *
   * @param nanos monotonic nanoseconds now
   */
  public Optional<TaskHops> hops(LongSupplier nanos) {
    return traceTasks
        ? Optional.of(
            new TaskHops(maxTracedTasks, nanos, LoggerFactory.getLogger("io.proffer.trace")::info))
        : Optional.empty();
  }
}
