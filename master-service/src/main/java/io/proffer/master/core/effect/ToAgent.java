package io.proffer.master.core.effect;

import com.google.protobuf.ByteString;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.DrainConfig;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.KillPolicy;
import io.proffer.api.v1.TaskInfo;
import java.util.List;
import java.util.Optional;

/** A record for one agent's session (docs/agent-protocol.md). Sessions that are gone ignore it. */
public sealed interface ToAgent extends Effect {
  String session();

  /** First record: the session is accepted. */
  record Registered(String session, AgentId agent) implements ToAgent {}

  /** The agent must stop for good; the session closes. */
  record Shutdown(String session, String message) implements ToAgent {}

  /** The session closes; the agent will try again. */
  record Close(String session) implements ToAgent {}

  /** Its tasks are to end, and no others are launched until none is left. */
  record Drain(String session, DrainConfig config) implements ToAgent {}

  record RunTask(String session, FrameworkInfo framework, TaskInfo task, boolean launchExecutor)
      implements ToAgent {}

  record KillTask(String session, FrameworkId framework, TaskId task, Optional<KillPolicy> policy)
      implements ToAgent {}

  record ShutdownExecutor(String session, FrameworkId framework, ExecutorId executor)
      implements ToAgent {}

  record ShutdownFramework(String session, FrameworkId framework) implements ToAgent {}

  record UpdateFramework(String session, FrameworkInfo framework) implements ToAgent {}

  record Message(String session, FrameworkId framework, ExecutorId executor, ByteString data)
      implements ToAgent {}

  record Acknowledge(String session, FrameworkId framework, TaskId task, ByteString uuid)
      implements ToAgent {}

  /** A task the master has and the agent did not report. */
  record Missing(FrameworkInfo framework, TaskId task) {}

  record ReconcileTasks(String session, List<Missing> tasks) implements ToAgent {}
}
