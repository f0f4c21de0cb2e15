package io.proffer.agent.masterlink;

import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.api.fuzz.FuzzTarget;
import io.proffer.api.internal.ToAgent;
import java.util.ArrayList;
import java.util.List;

/** What a master sends, of which whatever is a message can be turned into a command. */
public final class MasterRecordTarget implements FuzzTarget {
  @Override
  public void take(byte[] input) {
    try {
      var record = ToAgent.parseFrom(input);
      FuzzTarget.check(Records.command(record) != null, "no command of " + record);
    } catch (InvalidProtocolBufferException documented) {
      // Ends the session, with a line in the log.
    }
  }

  @Override
  public List<byte[]> seeds() {
    var seeds = new ArrayList<byte[]>();
    var kill = ToAgent.newBuilder().setSession("s").setEpoch(1);
    kill.getKillTaskBuilder().getFrameworkIdBuilder().setValue("f");
    kill.getKillTaskBuilder().getTaskIdBuilder().setValue("t");
    seeds.add(kill.buildPartial().toByteArray());
    var message = ToAgent.newBuilder().setSession("s").setEpoch(1);
    message.getShutdownBuilder().setMessage("over");
    seeds.add(message.buildPartial().toByteArray());
    var missing = ToAgent.newBuilder().setSession("s").setEpoch(1);
    var entry = missing.getReconcileTasksBuilder().addTasksBuilder();
    entry.getTaskIdBuilder().setValue("t");
    entry.getFrameworkInfoBuilder().setUser("u").setName("n");
    seeds.add(missing.buildPartial().toByteArray());
    seeds.add(
        ToAgent.newBuilder()
            .setPing(ToAgent.Ping.getDefaultInstance())
            .buildPartial()
            .toByteArray());
    return seeds;
  }
}
