package io.proffer.cli.bench.framework;

import io.proffer.api.v1.AgentID;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.Filters;
import io.proffer.api.v1.FrameworkID;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.FrameworkInfo.Capability;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.OfferID;
import io.proffer.api.v1.Resource;
import io.proffer.api.v1.TaskID;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.scheduler.Call;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The calls of one scheduler. */
final class Words {
  private static final double FAILOVER_SECONDS = Duration.ofDays(1).toSeconds();

  private final String name;
  private final List<Resource> need;
  private final CommandInfo command;
  private long launched;
  private volatile int taskBytes;

  Words(String name, List<Resource> need, CommandInfo command) {
    this.name = name;
    this.need = need;
    this.command = command;
  }

  Call subscribe(Optional<FrameworkID> id) {
    var info =
        FrameworkInfo.newBuilder()
            .setName(name)
            .setUser(System.getProperty("user.name"))
            .setFailoverTimeout(FAILOVER_SECONDS)
            .addRoles("*");
    for (var type :
        List.of(
            Capability.Type.MULTI_ROLE,
            Capability.Type.PARTITION_AWARE,
            Capability.Type.RESERVATION_REFINEMENT)) {
      info.addCapabilities(Capability.newBuilder().setType(type));
    }
    var call = Call.newBuilder().setType(Call.Type.SUBSCRIBE);
    id.ifPresent(
        known -> {
          info.setId(known);
          call.setFrameworkId(known);
        });
    return call.setSubscribe(Call.Subscribe.newBuilder().setFrameworkInfo(info)).build();
  }

  /** Launches so many tasks on an offer; what is left of it may come back at once. */
  Call accept(FrameworkID id, Offer offer, int count) {
    var launch = Offer.Operation.Launch.newBuilder();
    for (int i = 0; i < count; i++) {
      launch.addTaskInfos(task(offer.getAgentId()));
    }
    var accept =
        Call.Accept.newBuilder()
            .addOfferIds(offer.getId())
            .addOperations(
                Offer.Operation.newBuilder().setType(Offer.Operation.Type.LAUNCH).setLaunch(launch))
            .setFilters(Filters.newBuilder().setRefuseSeconds(0));
    return call(id, Call.Type.ACCEPT).setAccept(accept).build();
  }

  private TaskInfo task(AgentID agent) {
    var task =
        TaskInfo.newBuilder()
            .setName(name)
            .setTaskId(TaskID.newBuilder().setValue(name + "-" + ++launched))
            .setAgentId(agent)
            .addAllResources(need)
            .setCommand(command)
            .build();
    taskBytes = task.getSerializedSize();
    return task;
  }

  /** Bytes of the last TaskInfo. From any thread. */
  int taskBytes() {
    return taskBytes;
  }

  Call acknowledge(FrameworkID id, TaskStatus status) {
    return call(id, Call.Type.ACKNOWLEDGE)
        .setAcknowledge(
            Call.Acknowledge.newBuilder()
                .setAgentId(status.getAgentId())
                .setTaskId(status.getTaskId())
                .setUuid(status.getUuid()))
        .build();
  }

  Call reconcile(FrameworkID id) {
    return call(id, Call.Type.RECONCILE).setReconcile(Call.Reconcile.getDefaultInstance()).build();
  }

  /** Wants no offers any more. */
  Call suppress(FrameworkID id) {
    return call(id, Call.Type.SUPPRESS).setSuppress(Call.Suppress.getDefaultInstance()).build();
  }

  /** Gives offers back. */
  Call decline(FrameworkID id, List<OfferID> offers) {
    return call(id, Call.Type.DECLINE)
        .setDecline(Call.Decline.newBuilder().addAllOfferIds(offers))
        .build();
  }

  Call teardown(FrameworkID id) {
    return call(id, Call.Type.TEARDOWN).build();
  }

  private static Call.Builder call(FrameworkID id, Call.Type type) {
    return Call.newBuilder().setFrameworkId(id).setType(type);
  }
}
