package io.proffer.master.core.fact;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.ExecutorInfo;

/**
 * A custom executor as the tables hold it: from the launch of its first task until its agent says
 * that it ended. Executors of command tasks are the agent's own affair, and in no table.
 *
 * @param resources its own, beside those of its tasks; with their allocation role
 * @param info the serialised ExecutorInfo
 * @param reported whether the books have it from its agent, and not from who launched it
 */
public record Executor(
    FrameworkId framework,
    ExecutorId id,
    AgentId agent,
    String role,
    Resources resources,
    ByteString info,
    boolean reported) {

  /** The ExecutorInfo as it was launched. Parsed anew at each call. */
  public ExecutorInfo executorInfo() {
    try {
      return ExecutorInfo.parseFrom(info);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(
          "executor " + id + " holds bytes that are no ExecutorInfo", e);
    }
  }
}
