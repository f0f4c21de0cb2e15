package io.proffer.agent.http;

import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Executor;
import io.proffer.agent.core.fact.Framework;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Snapshot;
import io.proffer.agent.core.fact.Task;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
import io.proffer.api.task.TaskUser;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.ExecutorID;
import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * An executor as readers see it: a custom one, or the one that a command task is shown under.
 *
 * @param user as whom it runs; empty when its framework is not known any more
 * @param pid of its supervisor while it runs
 * @param isRunning whether its container is there, or on its way
 * @param tasks that are not acknowledged as over
 * @param completed tasks that are
 */
record Held(
    FrameworkId framework,
    ExecutorInfo info,
    Optional<String> user,
    ContainerId container,
    String directory,
    OptionalLong pid,
    boolean isRunning,
    String role,
    List<Task> tasks,
    List<Task> completed) {

  /** What the reference adds for the executor of a command task; told, not charged. */
  static final Resources OVERHEAD = Resources.parse("cpus:0.1;mem:32", "*");

  private static final String EXECUTOR = "mesos-executor";
  private static final int LONGEST_COMMAND = 15;
  private static final int SHORTENED_COMMAND = 12;

  /** Those that run, or of which a task's last update is not acknowledged. */
  static List<Held> live(Snapshot snapshot) {
    var tasks = byContainer(snapshot.tasks());
    var completed = byContainer(snapshot.completedTasks());
    var known = Sight.frameworks(snapshot);
    var all = new ArrayList<Held>();
    for (var task : snapshot.tasks()) {
      if (task.executor().isEmpty()) {
        all.add(command(snapshot, known, task, List.of(task), List.of()));
      }
    }
    for (var executor : snapshot.executors()) {
      all.add(custom(executor, known, true, tasks, completed));
    }
    for (var executor : snapshot.completedExecutors()) {
      if (tasks.containsKey(executor.container())) {
        all.add(custom(executor, known, false, tasks, completed));
      }
    }
    return all;
  }

  /** Those of which nothing is left to say. */
  static List<Held> completed(Snapshot snapshot) {
    var tasks = byContainer(snapshot.tasks());
    var completed = byContainer(snapshot.completedTasks());
    var known = Sight.frameworks(snapshot);
    var all = new ArrayList<Held>();
    for (var task : snapshot.completedTasks()) {
      if (task.executor().isEmpty()) {
        all.add(command(snapshot, known, task, List.of(), List.of(task)));
      }
    }
    for (var executor : snapshot.completedExecutors()) {
      if (!tasks.containsKey(executor.container())) {
        all.add(custom(executor, known, false, tasks, completed));
      }
    }
    return all;
  }

  /** Whether it is that of a command task. */
  boolean isOfCommand() {
    return Stream.concat(tasks.stream(), completed.stream())
        .anyMatch(task -> task.executor().isEmpty());
  }

  /** The same executor with these tasks. */
  Held with(List<Task> some, List<Task> over) {
    return new Held(framework, info, user, container, directory, pid, isRunning, role, some, over);
  }

  /** What it and its tasks may use. */
  Resources resources() {
    var all = Resources.of(info.getResourcesList()).withoutAllocation();
    for (var task : tasks) {
      if (!(task.progress() instanceof Progress.Ended) || task.executor().isEmpty()) {
        all = all.plus(Resources.of(task.info().getResourcesList()).withoutAllocation());
      }
    }
    return all;
  }

  private static Map<ContainerId, List<Task>> byContainer(List<Task> tasks) {
    var all = new HashMap<ContainerId, List<Task>>();
    for (var task : tasks) {
      all.computeIfAbsent(task.container(), ignored -> new ArrayList<>()).add(task);
    }
    return all;
  }

  private static Held custom(
      Executor executor,
      Map<FrameworkId, Framework> known,
      boolean isRunning,
      Map<ContainerId, List<Task>> tasks,
      Map<ContainerId, List<Task>> completed) {
    var framework = executor.key().framework();
    return new Held(
        framework,
        executor.info().toBuilder().setFrameworkId(framework.message()).build(),
        Optional.ofNullable(known.get(framework))
            .map(owner -> TaskUser.of(executor.info(), owner.info())),
        executor.container(),
        executor.directory(),
        executor.pid(),
        isRunning,
        executor.role(),
        tasks.getOrDefault(executor.container(), List.of()),
        completed.getOrDefault(executor.container(), List.of()));
  }

  private static Held command(
      Snapshot snapshot,
      Map<FrameworkId, Framework> known,
      Task task,
      List<Task> tasks,
      List<Task> completed) {
    return new Held(
        task.key().framework(),
        info(snapshot.facts().launcherDir(), task),
        Optional.ofNullable(known.get(task.key().framework()))
            .map(owner -> TaskUser.of(task.info(), owner.info())),
        task.container(),
        task.directory(),
        pid(task),
        !(task.progress() instanceof Progress.Ended),
        task.role(),
        tasks,
        completed);
  }

  private static OptionalLong pid(Task task) {
    return switch (task.progress()) {
      case Progress.Running running -> OptionalLong.of(running.pid());
      case Progress.Killing killing -> OptionalLong.of(killing.pid());
      case Progress.Launching launching -> OptionalLong.empty();
      case Progress.Recalled recalled -> OptionalLong.empty();
      case Progress.Hosted hosted -> OptionalLong.empty();
      case Progress.Ended ended -> OptionalLong.empty();
    };
  }

  @SuppressWarnings("deprecation") // tools of the reference still read `source`
  private static ExecutorInfo info(String launcher, Task task) {
    var id = task.key().task().value();
    var info =
        ExecutorInfo.newBuilder()
            .setExecutorId(ExecutorID.newBuilder().setValue(id))
            .setFrameworkId(task.key().framework().message())
            .setCommand(
                CommandInfo.newBuilder()
                    .setShell(false)
                    .setValue(launcher + "/" + EXECUTOR)
                    .addArguments(EXECUTOR)
                    .addArguments("--launcher_dir=" + launcher))
            .setName("Command Executor (Task: %s) (Command: %s)".formatted(id, command(task)))
            .setSource(id);
    for (var resource : OVERHEAD.messages()) {
      info.addResources(
          Resource.newBuilder(resource)
              .setAllocationInfo(Resource.AllocationInfo.newBuilder().setRole(task.role())));
    }
    if (task.info().hasLabels()) {
      info.setLabels(task.info().getLabels());
    }
    return info.build();
  }

  private static String command(Task task) {
    var command = task.info().getCommand();
    return command.getShell()
        ? "sh -c '" + shortened(command.getValue()) + "'"
        : "[" + shortened(command.getValue() + String.join(", ", command.getArgumentsList())) + "]";
  }

  private static String shortened(String text) {
    return text.length() > LONGEST_COMMAND ? text.substring(0, SHORTENED_COMMAND) + "..." : text;
  }
}
