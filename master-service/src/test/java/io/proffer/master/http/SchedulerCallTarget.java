package io.proffer.master.http;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.api.acl.Rights;
import io.proffer.api.fuzz.FuzzTarget;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.FrameworkID;
import io.proffer.api.v1.OfferID;
import io.proffer.api.v1.TaskID;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.master.core.command.Caller;
import io.proffer.master.core.command.ReplyTo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A call of a framework or an operator whose shape is right can be turned into a command. */
public final class SchedulerCallTarget implements FuzzTarget {
  private static final FrameworkID FRAMEWORK = FrameworkID.newBuilder().setValue("f").build();

  @Override
  public void take(byte[] input) {
    try {
      schedulers(Call.parseFrom(input));
    } catch (InvalidProtocolBufferException documented) {
      // Answered 400 before anybody looks at it.
    }
    try {
      var call = io.proffer.api.v1.master.Call.parseFrom(input);
      FuzzTarget.check(OperatorShape.check(call) != null, "no verdict");
    } catch (InvalidProtocolBufferException documented) {
      // The same.
    }
  }

  private static void schedulers(Call call) {
    var violation = CallShape.check(call);
    if (violation.isPresent()) {
      FuzzTarget.check(!violation.get().isBlank(), "a refusal without a sentence");
      return;
    }
    var replyTo = new ReplyTo(1);
    var rights = Rights.unlimited(Optional.empty());
    var command =
        call.getType() == Call.Type.SUBSCRIBE
            ? SchedulerCommands.subscribe(call, "stream", rights, replyTo)
            : SchedulerCommands.of(
                call,
                new Caller(
                    FrameworkId.of(call.getFrameworkId()), Optional.of("stream"), rights, replyTo));
    FuzzTarget.check(command != null, "no command of " + call.getType());
  }

  /** One call of each type, with what it needs. */
  @Override
  public List<byte[]> seeds() {
    var seeds = new ArrayList<byte[]>();
    var task = TaskID.newBuilder().setValue("t");
    for (var type : Call.Type.values()) {
      var call = Call.newBuilder().setType(type).setFrameworkId(FRAMEWORK);
      call.getSubscribeBuilder().getFrameworkInfoBuilder().setUser("u").setName("n");
      call.getSubscribeBuilder().getFrameworkInfoBuilder().setId(FRAMEWORK);
      call.getAcceptBuilder().addOfferIds(OfferID.newBuilder().setValue("o"));
      call.getKillBuilder().setTaskId(task);
      call.getAcknowledgeBuilder()
          .setTaskId(task)
          .setUuid(ByteString.copyFrom(new byte[16]))
          .getAgentIdBuilder()
          .setValue("a");
      seeds.add(call.buildPartial().toByteArray());
    }
    return seeds;
  }
}
