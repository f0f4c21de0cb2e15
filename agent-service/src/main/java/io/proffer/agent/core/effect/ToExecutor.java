package io.proffer.agent.core.effect;

import com.google.protobuf.ByteString;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.KillPolicy;
import io.proffer.api.v1.TaskInfo;
import java.util.Optional;

/** An event for one executor stream (executor-api, section 3). Streams that are gone ignore it. */
public sealed interface ToExecutor extends Effect {
  String stream();

  /** SUBSCRIBED, the first event of a stream. */
  record Subscribed(
      String stream,
      ExecutorInfo executor,
      FrameworkInfo framework,
      AgentInfo agent,
      ContainerId container)
      implements ToExecutor {}

  record Launch(String stream, TaskInfo task) implements ToExecutor {}

  record Kill(String stream, TaskId task, Optional<KillPolicy> policy) implements ToExecutor {}

  /** The agent has this update for good. */
  record Acknowledged(String stream, TaskId task, ByteString uuid) implements ToExecutor {}

  /** From the scheduler. */
  record Message(String stream, ByteString data) implements ToExecutor {}

  record Shutdown(String stream) implements ToExecutor {}

  /** The stream closes without a last event. */
  record Close(String stream) implements ToExecutor {}

  /** Instead of a first event: the subscription is refused. */
  record Refused(String stream, Rejection rejection) implements ToExecutor {}
}
