package io.proffer.master.agentlink;

import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.api.fuzz.FuzzTarget;
import io.proffer.api.id.AgentId;
import io.proffer.api.internal.FromAgent;
import io.proffer.api.internal.Subscribe;
import java.util.List;

/** What an agent sends, of which whatever is a message can be turned into commands. */
public final class AgentRecordTarget implements FuzzTarget {
  @Override
  public void take(byte[] input) {
    try {
      for (var record : FromAgent.parseFrom(input).getRecordsList()) {
        FuzzTarget.check(
            AgentCommands.of(record, new AgentId("a"), "s") != null, "no command of " + record);
      }
    } catch (InvalidProtocolBufferException documented) {
      // Answered 400 before anybody looks at it.
    }
    try {
      FuzzTarget.check(
          AgentCommands.subscribe(Subscribe.parseFrom(input), 1) != null, "no command");
    } catch (InvalidProtocolBufferException documented) {
      // The same.
    }
  }

  @Override
  public List<byte[]> seeds() {
    var batch = FromAgent.newBuilder().setFormatVersion(1).setEpoch(1).setSession("s");
    batch.addRecordsBuilder().setSequence(1).getPongBuilder();
    batch.addRecordsBuilder().setSequence(2).getUnregisterBuilder();
    var update = batch.addRecordsBuilder().setSequence(3).getUpdateBuilder();
    update.getFrameworkIdBuilder().setValue("f");
    update.getStatusBuilder().getTaskIdBuilder().setValue("t");
    var exited = batch.addRecordsBuilder().setSequence(4).getExecutorExitedBuilder();
    exited.setStatus(1).getFrameworkIdBuilder().setValue("f");
    exited.getExecutorIdBuilder().setValue("e");
    var subscribe = Subscribe.newBuilder().setSession("s").setIp("127.0.0.1");
    subscribe.getAgentInfoBuilder().setHostname("h");
    return List.of(batch.buildPartial().toByteArray(), subscribe.buildPartial().toByteArray());
  }
}
