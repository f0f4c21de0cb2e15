package io.proffer.agent.core.step;

import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Executor;
import io.proffer.agent.core.fact.ExecutorKey;
import io.proffer.agent.core.fact.Framework;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.state.AgentState;
import io.proffer.api.flags.Durations;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.Environment;
import io.proffer.api.v1.FrameworkInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the containerizer is asked to start for a command task, or for a custom executor
 * (executor-api, sections 4, 9 and 11).
 */
public final class LaunchOrder {
  /** The reference waits a second for a kill to be seen and one more; graces are told with both. */
  static final Duration REAPING = Duration.ofSeconds(2);

  /** Durations are 64 bits of nanoseconds on every wire. */
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private static final String GRACE = "MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD";
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private LaunchOrder() {}

  /** The sandbox of a run, below the work directory (containerization, section 11). */
  public static String directory(AgentState state, ExecutorKey executor, ContainerId container) {
    return runs(state, executor) + "/" + container.value();
  }

  /** The launch of a command task that was admitted. */
  public static ToContainer.Launch of(AgentState state, Framework framework, Task task) {
    var executor = new ExecutorKey(task.key().framework(), task.executorId());
    var environment = environment(state, framework, executor, task.directory());
    environment.put("MESOS_ALLOCATION_ROLE", task.role());
    environment.put(GRACE, Durations.format(shutdownGrace(state, task)));
    return of(
        state,
        executor,
        Optional.empty(),
        task.container(),
        task.directory(),
        task.info().getCommand(),
        framework,
        environment);
  }

  /** The launch of an executor that was admitted. */
  public static ToContainer.Launch of(AgentState state, Framework framework, Executor executor) {
    var environment = environment(state, framework, executor.key(), executor.directory());
    var grace = executor.ownGrace().orElse(state.times().shutdownGrace());
    environment.put(GRACE, Durations.format(grace));
    state.facts().socket().ifPresent(path -> environment.put("MESOS_DOMAIN_SOCKET", path));
    return of(
        state,
        executor.key(),
        Optional.of(executor.key()),
        executor.container(),
        executor.directory(),
        executor.info().getCommand(),
        framework,
        environment);
  }

  private static ToContainer.Launch of(
      AgentState state,
      ExecutorKey executor,
      Optional<ExecutorKey> speaker,
      ContainerId container,
      String directory,
      CommandInfo command,
      Framework framework,
      SortedMap<String, String> environment) {
    for (var variable : command.getEnvironment().getVariablesList()) {
      if (variable.getType() == Environment.Variable.Type.VALUE) {
        environment.put(variable.getName(), variable.getValue());
      }
    }
    var shell = command.getShell();
    return new ToContainer.Launch(
        container,
        speaker,
        directory,
        runs(state, executor) + "/latest",
        user(framework.info(), command),
        shell ? "/bin/sh" : command.getValue(),
        shell ? List.of("sh", "-c", command.getValue()) : List.copyOf(command.getArgumentsList()),
        environment);
  }

  private static String runs(AgentState state, ExecutorKey executor) {
    return "%s/slaves/%s/frameworks/%s/executors/%s/runs"
        .formatted(
            state.facts().workDir(), agent(state), executor.framework(), executor.executor());
  }

  private static Optional<String> user(FrameworkInfo framework, CommandInfo command) {
    var user = command.getUser().isEmpty() ? framework.getUser() : command.getUser();
    return user.isEmpty() ? Optional.empty() : Optional.of(user);
  }

  private static SortedMap<String, String> environment(
      AgentState state, Framework framework, ExecutorKey executor, String directory) {
    var facts = state.facts();
    var times = state.times();
    var all = new TreeMap<>(facts.environment());
    all.putIfAbsent("PATH", PATH);
    all.put("PWD", directory);
    all.put("LIBPROCESS_IP", facts.ip());
    all.put("LIBPROCESS_PORT", "0");
    all.put("MESOS_AGENT_ENDPOINT", facts.endpoint());
    all.put("MESOS_CHECKPOINT", framework.info().getCheckpoint() ? "1" : "0");
    all.put("MESOS_DIRECTORY", directory);
    all.put("MESOS_EXECUTOR_ID", executor.executor().value());
    all.put("MESOS_FRAMEWORK_ID", executor.framework().value());
    all.put("MESOS_HTTP_COMMAND_EXECUTOR", "0");
    if (framework.info().getCheckpoint()) {
      all.put("MESOS_RECOVERY_TIMEOUT", Durations.format(times.recovery()));
      all.put("MESOS_SUBSCRIPTION_BACKOFF_MAX", Durations.format(times.executorReregistration()));
    }
    all.put("MESOS_SANDBOX", directory);
    all.put("MESOS_SLAVE_ID", agent(state));
    all.put("MESOS_SLAVE_PID", "slave(1)@" + facts.endpoint());
    return all;
  }

  private static String agent(AgentState state) {
    return state.agent().orElseThrow(() -> new IllegalStateException("no agent id yet")).value();
  }

  /** Frameworks may ask for centuries: what is told must still be a duration of the reference. */
  private static Duration shutdownGrace(AgentState state, Task task) {
    var policy = task.info().getKillPolicy();
    if (!policy.hasGracePeriod()) {
      return state.times().shutdownGrace();
    }
    var most = LONGEST.minus(REAPING);
    var own = Duration.ofNanos(policy.getGracePeriod().getNanoseconds());
    return (own.compareTo(most) < 0 ? own : most).plus(REAPING);
  }
}
