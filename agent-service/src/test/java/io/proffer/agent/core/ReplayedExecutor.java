package io.proffer.agent.core;

import com.google.protobuf.ByteString;
import io.proffer.agent.TaskMessages;
import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.command.ExecutorCommand;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.command.ReplyTo;
import io.proffer.agent.core.effect.Effect;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.effect.ToExecutor;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.ExecutorKey;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The custom executor of one agent under test: what it was told, and what it has to say again. */
final class ReplayedExecutor {
  private static final ExecutorKey KEY = new ExecutorKey(new FrameworkId("F"), new ExecutorId("e"));
  private static final TaskState[] NEWS = {
    TaskState.TASK_STARTING,
    TaskState.TASK_RUNNING,
    TaskState.TASK_RUNNING,
    TaskState.TASK_FINISHED,
    TaskState.TASK_FAILED
  };

  private final Agents agent;
  private final Map<String, List<String>> told = new TreeMap<>();
  private final Set<TaskId> running = new TreeSet<>(Comparator.comparing(TaskId::value));
  private final Set<TaskId> unacknowledged = new LinkedHashSet<>();
  private final Map<ByteString, TaskStatus> updates = new LinkedHashMap<>();
  private Optional<ContainerId> container = Optional.empty();
  private String stream = "";
  private boolean started;
  private boolean subscribed;
  private boolean doomed;
  private int streams;

  ReplayedExecutor(Agents agent) {
    this.agent = agent;
  }

  /** What its agent told it of each task, in order; tasks have no order among each other. */
  Map<String, List<String>> told() {
    return told;
  }

  /** Whether an executor made this uuid: those of the agent begin with zeros. */
  static boolean isOwn(ByteString uuid) {
    return uuid.asReadOnlyByteBuffer().getInt() != 0;
  }

  /** Its container, while there is one. */
  Optional<ContainerId> container() {
    return container;
  }

  /** What an effect means to it. */
  void hear(Effect effect) {
    switch (effect) {
      case ToExecutor.Launch(var to, var task) -> {
        var id = TaskId.of(task.getTaskId());
        note(id, "launch");
        running.add(id);
        unacknowledged.add(id);
      }
      case ToExecutor.Kill(var to, var task, var policy) -> note(task, "kill");
      case ToExecutor.Acknowledged(var to, var task, var uuid) -> {
        note(task, "acknowledged");
        unacknowledged.remove(task);
        updates.remove(uuid);
      }
      case ToExecutor.Shutdown ignored -> note(new TaskId("*"), "shutdown");
      case ToExecutor.Refused refused -> throw new AssertionError(refused);
      case ToContainer.Destroy(var of) -> doomed |= container.filter(of::equals).isPresent();
      default -> {}
    }
  }

  private void note(TaskId task, String what) {
    told.computeIfAbsent(task.value(), name -> new ArrayList<>()).add(what);
  }

  /** One more task for it; the first of a run launches it. */
  void run(String task) {
    agent.when(
        new MasterCommand.RunTask(
            agent.session(),
            Agents.CAPABLE,
            TaskMessages.custom(task, "e").build(),
            container.isEmpty()));
    if (container.isEmpty()) {
      container = Optional.of(agent.launch().container());
    }
  }

  void start() {
    if (container.isPresent()) {
      started = true;
      agent.when(new ContainerCommand.Started(container.get(), 43));
    }
  }

  /** It has lost what it was sent and has not yet spoken of. */
  void forgetNews() {
    var reported = updates.values().stream().map(status -> TaskId.of(status.getTaskId())).toList();
    running.removeIf(task -> unacknowledged.contains(task) && !reported.contains(task));
    unacknowledged.removeIf(task -> !reported.contains(task));
  }

  void subscribe() {
    if (started) {
      subscribed = true;
      stream = "s" + ++streams;
      agent.when(
          new ExecutorCommand.Subscribe(
              KEY, stream, List.copyOf(unacknowledged), List.copyOf(updates.values())));
    }
  }

  /** It comes back after its stream broke, if it ever came. */
  void subscribeAgain() {
    if (subscribed) {
      subscribe();
    }
  }

  /** News of one of its tasks; while it has no stream it keeps them. */
  void report(int number, int uuid) {
    if (running.isEmpty() || !subscribed) {
      return;
    }
    var task = new ArrayList<>(running).get(number % running.size());
    var state = NEWS[number % NEWS.length];
    var status =
        TaskStatus.newBuilder()
            .setTaskId(task.message())
            .setState(state)
            .setSource(TaskStatus.Source.SOURCE_EXECUTOR)
            .setTimestamp(3)
            .setUuid(ByteString.copyFrom(ByteBuffer.allocate(16).putInt(uuid).rewind()))
            .build();
    if (state == TaskState.TASK_FINISHED || state == TaskState.TASK_FAILED) {
      running.remove(task);
    }
    updates.put(status.getUuid(), status);
    if (!stream.isEmpty()) {
      agent.when(new ExecutorCommand.Update(new ReplyTo(0), KEY, status));
    }
  }

  /** One of its tasks shall end. */
  void kill(int number) {
    if (!running.isEmpty()) {
      agent.kill(new ArrayList<>(running).get(number % running.size()).value());
    }
  }

  void disconnect() {
    if (!stream.isEmpty()) {
      agent.when(new ExecutorCommand.Disconnected(KEY, stream));
      stream = "";
    }
  }

  void shutDown() {
    agent.when(
        new MasterCommand.ShutdownExecutor(agent.session(), KEY.framework(), KEY.executor()));
  }

  /** It exits. */
  void end(int status) {
    if (container.isPresent()) {
      var over = container.get();
      container = Optional.empty();
      stream = "";
      started = false;
      subscribed = false;
      doomed = false;
      running.clear();
      unacknowledged.clear();
      updates.clear();
      agent.when(new ContainerCommand.Exited(over, status));
    }
  }

  /** Whether it has got SIGKILL. */
  boolean isDoomed() {
    return doomed;
  }
}
