package io.proffer.agent.core;

import com.google.protobuf.ByteString;
import io.proffer.agent.TaskMessages;
import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.command.ExecutorCommand;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.command.ReplyTo;
import io.proffer.agent.core.effect.Rejection;
import io.proffer.agent.core.effect.Reply;
import io.proffer.agent.core.effect.ToExecutor;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.agent.core.fact.AgentLimits;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.ExecutorKey;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import java.util.List;
import java.util.Optional;

/** A custom executor under test: what it says, and what it and its framework hear. */
abstract class CustomExecutorCase {
  static final ExecutorKey KEY = new ExecutorKey(new FrameworkId("F"), new ExecutorId("e"));

  final Agents agent;

  CustomExecutorCase() {
    this(AgentLimits.defaults());
  }

  CustomExecutorCase(AgentLimits limits) {
    agent = Agents.registered(limits);
  }

  /** The task is delivered, and its executor reads stream s. */
  ContainerId subscribed(FrameworkInfo framework) {
    var container = launch(framework, "t", true);
    agent.when(new ContainerCommand.Started(container, 42));
    subscribe("s");
    return container;
  }

  ContainerId launch(FrameworkInfo framework, String task, boolean first) {
    agent.when(
        new MasterCommand.RunTask(
            agent.session(), framework, TaskMessages.custom(task, "e").build(), first));
    return first ? agent.launch().container() : new ContainerId("");
  }

  void subscribe(String stream) {
    agent.when(new ExecutorCommand.Subscribe(KEY, stream, List.of(), List.of()));
  }

  static TaskStatus status(String task, TaskState state, int uuid) {
    return TaskStatus.newBuilder()
        .setTaskId(new TaskId(task).message())
        .setState(state)
        .setSource(TaskStatus.Source.SOURCE_EXECUTOR)
        .setTimestamp(3)
        .setUuid(
            ByteString.copyFrom(
                new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) uuid}))
        .build();
  }

  void update(TaskStatus status) {
    agent.when(new ExecutorCommand.Update(new ReplyTo(1), KEY, status));
  }

  List<ToExecutor> heard() {
    return agent.effects().stream()
        .filter(ToExecutor.class::isInstance)
        .map(ToExecutor.class::cast)
        .toList();
  }

  Optional<ToMaster.ExecutorExited> exited() {
    return agent.effects().stream()
        .filter(ToMaster.ExecutorExited.class::isInstance)
        .map(ToMaster.ExecutorExited.class::cast)
        .findFirst();
  }

  Rejection refusal() {
    return agent.effects().stream()
        .filter(Reply.Refused.class::isInstance)
        .map(reply -> ((Reply.Refused) reply).rejection())
        .findFirst()
        .orElseThrow();
  }

  static TaskInfo info(String task) {
    return TaskMessages.custom(task, "e").build();
  }
}
