package io.proffer.agent.core.step;

import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Framework;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.agent.core.state.AgentState;
import io.proffer.api.flags.Durations;
import io.proffer.api.v1.Environment;
import io.proffer.api.v1.FrameworkInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the containerizer is asked to start for a command task (executor-api, sections 4 and 9). */
public final class LaunchOrder {
  /** The reference waits a second for a kill to be seen and one more; graces are told with both. */
  static final Duration REAPING = Duration.ofSeconds(2);

  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private LaunchOrder() {}

  /** The sandbox of a run, below the work directory (containerization, section 11). */
  public static String directory(AgentState state, TaskKey key, ContainerId container) {
    return runs(state, key) + "/" + container.value();
  }

  /** The launch of a task that was admitted. */
  public static ToContainer.Launch of(AgentState state, Framework framework, Task task) {
    var command = task.info().getCommand();
    var shell = command.getShell();
    return new ToContainer.Launch(
        task.container(),
        task.directory(),
        runs(state, task.key()) + "/latest",
        user(framework.info(), task),
        shell ? "/bin/sh" : command.getValue(),
        shell ? List.of("sh", "-c", command.getValue()) : List.copyOf(command.getArgumentsList()),
        environment(state, framework, task));
  }

  private static String runs(AgentState state, TaskKey key) {
    return "%s/slaves/%s/frameworks/%s/executors/%s/runs"
        .formatted(state.facts().workDir(), agent(state), key.framework(), key.task());
  }

  private static Optional<String> user(FrameworkInfo framework, Task task) {
    var own = task.info().getCommand().getUser();
    var user = own.isEmpty() ? framework.getUser() : own;
    return user.isEmpty() ? Optional.empty() : Optional.of(user);
  }

  private static SortedMap<String, String> environment(
      AgentState state, Framework framework, Task task) {
    var facts = state.facts();
    var times = state.times();
    var all = new TreeMap<>(facts.environment());
    all.putIfAbsent("PATH", PATH);
    all.put("PWD", task.directory());
    all.put("LIBPROCESS_IP", facts.ip());
    all.put("LIBPROCESS_PORT", "0");
    all.put("MESOS_AGENT_ENDPOINT", facts.endpoint());
    all.put("MESOS_ALLOCATION_ROLE", task.role());
    all.put("MESOS_CHECKPOINT", framework.info().getCheckpoint() ? "1" : "0");
    all.put("MESOS_DIRECTORY", task.directory());
    all.put("MESOS_EXECUTOR_ID", task.key().task().value());
    all.put("MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD", Durations.format(shutdownGrace(state, task)));
    all.put("MESOS_FRAMEWORK_ID", task.key().framework().value());
    all.put("MESOS_HTTP_COMMAND_EXECUTOR", "0");
    if (framework.info().getCheckpoint()) {
      all.put("MESOS_RECOVERY_TIMEOUT", Durations.format(times.recovery()));
      all.put("MESOS_SUBSCRIPTION_BACKOFF_MAX", Durations.format(times.executorReregistration()));
    }
    all.put("MESOS_SANDBOX", task.directory());
    all.put("MESOS_SLAVE_ID", agent(state));
    all.put("MESOS_SLAVE_PID", "slave(1)@" + facts.endpoint());
    for (var variable : task.info().getCommand().getEnvironment().getVariablesList()) {
      if (variable.getType() == Environment.Variable.Type.VALUE) {
        all.put(variable.getName(), variable.getValue());
      }
    }
    return all;
  }

  private static String agent(AgentState state) {
    return state.agent().orElseThrow(() -> new IllegalStateException("no agent id yet")).value();
  }

  private static Duration shutdownGrace(AgentState state, Task task) {
    var policy = task.info().getKillPolicy();
    return policy.hasGracePeriod()
        ? Duration.ofNanos(policy.getGracePeriod().getNanoseconds()).plus(REAPING)
        : state.times().shutdownGrace();
  }
}
