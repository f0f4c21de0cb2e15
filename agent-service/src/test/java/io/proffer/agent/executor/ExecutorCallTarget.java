package io.proffer.agent.executor;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.api.fuzz.FuzzTarget;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.executor.Call;
import java.util.ArrayList;
import java.util.List;

/** Calls of executors: the check of their shape has a verdict of each. */
public final class ExecutorCallTarget implements FuzzTarget {
  @Override
  public void take(byte[] input) {
    try {
      var violation = CallShape.check(Call.parseFrom(input));
      FuzzTarget.check(!violation.orElse("fine").isBlank(), "a refusal without a sentence");
    } catch (InvalidProtocolBufferException documented) {
      // Answered 400 before anybody looks at it.
    }
  }

  @Override
  public List<byte[]> seeds() {
    var seeds = new ArrayList<byte[]>();
    for (var type : Call.Type.values()) {
      var call = Call.newBuilder().setType(type);
      call.getExecutorIdBuilder().setValue("e");
      call.getFrameworkIdBuilder().setValue("f");
      var status = call.getUpdateBuilder().getStatusBuilder();
      status.setState(TaskState.TASK_RUNNING).setUuid(ByteString.copyFrom(new byte[16]));
      status.getTaskIdBuilder().setValue("t");
      status.getCheckStatusBuilder().getHttpBuilder().setStatusCode(200);
      call.getMessageBuilder().setData(ByteString.EMPTY);
      seeds.add(call.buildPartial().toByteArray());
    }
    return seeds;
  }
}
