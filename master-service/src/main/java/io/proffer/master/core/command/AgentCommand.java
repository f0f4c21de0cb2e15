package io.proffer.master.core.command;

import com.google.protobuf.ByteString;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.Task;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.fact.Said;
import java.util.List;

/**
 * What agents say (docs/agent-protocol.md); sessions, epochs and sequences are the link's concern.
 */
public sealed interface AgentCommand extends Command {

  /** An executor that runs on the subscribing agent. */
  record ExecutorReport(FrameworkId framework, ExecutorInfo info) {}

  /** How an executor ended, which no master may know; {@code status} as wait(2) gives it. */
  record ExecutorEnd(FrameworkId framework, ExecutorId executor, int status) {}

  /**
   * An agent opened a session: to register when {@code info} has no id, else to re-register with
   * all it runs. The answer goes down the session: {@code ToAgent.Registered} or {@code
   * ToAgent.Shutdown}.
   *
   * @param said when it said this, and which master it had followed last
   * @param followedThis whether that is this master
   */
  record Subscribe(
      String session,
      AgentInfo info,
      String ip,
      String version,
      List<AgentInfo.Capability> capabilities,
      ByteString resourceVersion,
      List<Task> tasks,
      List<ExecutorReport> executors,
      List<ExecutorEnd> ends,
      List<FrameworkInfo> frameworks,
      Said said,
      boolean followedThis)
      implements AgentCommand {}

  /** The session's stream ended. Unknown and replaced sessions are ignored. */
  record SessionEnded(String session) implements AgentCommand {}

  /** The agent answered none of the last pings: it is taken for unreachable. */
  record Silent(AgentId agent, String session) implements AgentCommand {}

  /**
   * A status update, forwarded until its framework acknowledges it.
   *
   * @param latest the newest state of the task, which may be ahead of {@code status}
   */
  record Update(
      AgentId agent, String session, FrameworkId framework, TaskStatus status, TaskState latest)
      implements AgentCommand {}

  /** Data from an executor to its scheduler. */
  record Message(
      AgentId agent, String session, FrameworkId framework, ExecutorId executor, ByteString data)
      implements AgentCommand {}

  /** A custom or default executor ended; {@code status} as wait(2) gives it, -1 when unknown. */
  record ExecutorExited(
      AgentId agent, String session, FrameworkId framework, ExecutorId executor, int status)
      implements AgentCommand {}

  /** The agent leaves for good. */
  record Unregister(AgentId agent, String session) implements AgentCommand {}
}
