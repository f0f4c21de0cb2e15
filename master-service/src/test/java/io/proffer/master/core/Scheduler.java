package io.proffer.master.core;

import com.google.protobuf.ByteString;
import io.proffer.api.acl.Rights;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.OfferId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.Filters;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.master.core.command.Caller;
import io.proffer.master.core.command.ReplyTo;
import io.proffer.master.core.command.SchedulerCommand;
import java.util.List;
import java.util.Optional;

/** A framework's side of the story: each method is one call. */
record Scheduler(Given given, FrameworkId id, String stream, FrameworkInfo info) {

  static SchedulerCommand.Subscribe subscribe(FrameworkInfo info, String stream, ReplyTo replyTo) {
    return new SchedulerCommand.Subscribe(
        info,
        List.of(),
        OfferConstraints.getDefaultInstance(),
        stream,
        Rights.unlimited(Optional.empty()),
        replyTo);
  }

  Caller caller() {
    return new Caller(id, Optional.of(stream), Rights.unlimited(Optional.empty()), given.replyTo());
  }

  /** Subscribes again, on a new stream. */
  Scheduler again() {
    var next = new Scheduler(given, id, given.newStream(), info);
    given.when(subscribe(info, next.stream, given.replyTo()));
    return next;
  }

  Then disconnects() {
    return given.when(new SchedulerCommand.StreamEnded(stream));
  }

  Then tearsDown() {
    return given.when(new SchedulerCommand.Teardown(caller()));
  }

  Then launches(OfferId offer, TaskInfo... tasks) {
    return accepts(List.of(offer), Infos.launch(tasks));
  }

  Then accepts(List<OfferId> offers, Offer.Operation... operations) {
    return given.when(
        new SchedulerCommand.Accept(
            caller(), offers, List.of(operations), Filters.getDefaultInstance()));
  }

  Then declines(OfferId offer, double refuseSeconds) {
    var filters = Filters.newBuilder().setRefuseSeconds(refuseSeconds).build();
    return given.when(new SchedulerCommand.Decline(caller(), List.of(offer), filters));
  }

  Then kills(String task) {
    return given.when(
        new SchedulerCommand.Kill(caller(), new TaskId(task), Optional.empty(), Optional.empty()));
  }

  Then acknowledges(AgentId agent, String task, String uuid) {
    return given.when(
        new SchedulerCommand.Acknowledge(
            caller(), agent, new TaskId(task), ByteString.copyFromUtf8(uuid)));
  }

  Then reconciles(Call.Reconcile.Task... tasks) {
    return given.when(new SchedulerCommand.Reconcile(caller(), List.of(tasks)));
  }

  Then drains() {
    return given.when(new SchedulerCommand.StreamDrained(stream));
  }
}
