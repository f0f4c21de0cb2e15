package io.proffer.master.core;

import com.google.protobuf.ByteString;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.Task;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.fact.Said;
import java.util.List;

/** An agent's side of the story: each method is one thing it says. */
record Host(Given given, AgentId id, String session, AgentInfo info, String ip) {

  static AgentCommand.Subscribe subscribe(AgentInfo info, String ip, String session) {
    return subscribe(info, ip, session, List.of(), List.of());
  }

  static AgentCommand.Subscribe subscribe(
      AgentInfo info, String ip, String session, List<Task> tasks, List<FrameworkInfo> frameworks) {
    return subscribe(info, ip, session, tasks, List.of(), frameworks);
  }

  static AgentCommand.Subscribe subscribe(
      AgentInfo info,
      String ip,
      String session,
      List<Task> tasks,
      List<AgentCommand.ExecutorReport> executors,
      List<FrameworkInfo> frameworks) {
    return subscribe(info, ip, session, tasks, executors, List.of(), frameworks);
  }

  static AgentCommand.Subscribe subscribe(
      AgentInfo info,
      String ip,
      String session,
      List<Task> tasks,
      List<AgentCommand.ExecutorReport> executors,
      List<AgentCommand.ExecutorEnd> ends,
      List<FrameworkInfo> frameworks) {
    return new AgentCommand.Subscribe(
        session,
        info,
        ip,
        "1.11.0",
        Infos.agentCapabilities(),
        ByteString.EMPTY,
        tasks,
        executors,
        ends,
        frameworks,
        Said.UNKNOWN,
        false);
  }

  /** What it says when it comes back, in a session of this name. */
  AgentCommand.Subscribe returning(
      String newSession, List<Task> tasks, List<FrameworkInfo> frameworks) {
    return subscribe(info, ip, newSession, tasks, frameworks);
  }

  /** The same, with executors. */
  AgentCommand.Subscribe returning(
      String newSession,
      List<Task> tasks,
      List<AgentCommand.ExecutorReport> executors,
      FrameworkInfo framework) {
    return subscribe(info, ip, newSession, tasks, executors, List.of(framework));
  }

  /** The same, without any: this is how they ended. */
  AgentCommand.Subscribe returningWithout(
      String newSession, List<AgentCommand.ExecutorEnd> ends, FrameworkInfo framework) {
    return subscribe(info, ip, newSession, List.of(), List.of(), ends, List.of(framework));
  }

  Then tellsExit(FrameworkId framework, String executor, int status) {
    return given.when(
        new AgentCommand.ExecutorExited(id, session, framework, new ExecutorId(executor), status));
  }

  Then updates(FrameworkId framework, String task, TaskState state) {
    return updates(framework, Infos.status(task, state, "uuid-" + state), state);
  }

  Then updates(FrameworkId framework, TaskStatus status, TaskState latest) {
    return given.when(new AgentCommand.Update(id, session, framework, status, latest));
  }

  Then disconnects() {
    return given.when(new AgentCommand.SessionEnded(session));
  }

  Then fallsSilent() {
    return given.when(new AgentCommand.Silent(id, session));
  }

  Then unregisters() {
    return given.when(new AgentCommand.Unregister(id, session));
  }
}
