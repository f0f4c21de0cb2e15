package io.proffer.agent.core.command;

import com.google.protobuf.ByteString;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.DrainConfig;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.KillPolicy;
import io.proffer.api.v1.MasterInfo;
import io.proffer.api.v1.TaskInfo;
import java.util.List;
import java.util.Optional;

/**
 * What a master says down one session (docs/agent-protocol.md), and how the session went. What
 * comes from any session but the current one is ignored.
 */
public sealed interface MasterCommand extends Command {
  String session();

  /** The master has accepted the session. */
  record Registered(String session, long epoch, AgentId agent, MasterInfo master)
      implements MasterCommand {}

  /** The session could not be opened, or is over; {@code why} is a sentence for the log. */
  record Lost(String session, String why) implements MasterCommand {}

  /** The agent must stop for good. */
  record Shutdown(String session, String why) implements MasterCommand {}

  record RunTask(String session, FrameworkInfo framework, TaskInfo task, boolean launchExecutor)
      implements MasterCommand {}

  record KillTask(String session, FrameworkId framework, TaskId task, Optional<KillPolicy> policy)
      implements MasterCommand {}

  /** Its tasks end, and no others are launched until none is left. */
  record Drain(String session, DrainConfig config) implements MasterCommand {}

  record ShutdownExecutor(String session, FrameworkId framework, ExecutorId executor)
      implements MasterCommand {}

  record ShutdownFramework(String session, FrameworkId framework) implements MasterCommand {}

  record UpdateFramework(String session, FrameworkInfo framework) implements MasterCommand {}

  /** Data for an executor, best effort; command executors take none. */
  record Message(String session, FrameworkId framework, ExecutorId executor, ByteString data)
      implements MasterCommand {}

  /** It has taken in that this executor ended, and how. */
  record EndHeard(String session, FrameworkId framework, ExecutorId executor)
      implements MasterCommand {}

  record Acknowledge(String session, FrameworkId framework, TaskId task, ByteString uuid)
      implements MasterCommand {}

  /** A task that the master has and the agent did not report. */
  record Missing(FrameworkInfo framework, TaskId task) {}

  record ReconcileTasks(String session, List<Missing> tasks) implements MasterCommand {}
}
