package io.proffer.master.http;

import io.proffer.api.auth.Authorizer;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Calls;
import io.proffer.api.http.Connections;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.Header;
import io.proffer.api.http.MediaType;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.kernel.Ids;
import io.proffer.master.core.command.Caller;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.command.SchedulerCommand;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * POST /api/v1/scheduler (scheduler-api, section 1, rows 5 to 10; the core knows the others). The
 * stream of a SUBSCRIBE goes into the connections, where whoever words events finds it.
 */
public final class SchedulerEndpoint implements Consumer<Exchange> {
  private static final String STREAM_ID = "Mesos-Stream-Id";

  private final Predicate<Command> offer;
  private final Consumer<Command> insist;
  private final Pending pending;
  private final Connections connections;
  private final Ids ids;
  private final Authorizer authorizer;

  /**
   * @param offer hands a command to the loop; false when it is full
   * @param insist hands over a command that may not get lost
   * @param authorizer says what those who call may do
   */
  public SchedulerEndpoint(
      Predicate<Command> offer,
      Consumer<Command> insist,
      Pending pending,
      Connections connections,
      Ids ids,
      Authorizer authorizer) {
    this.offer = offer;
    this.insist = insist;
    this.pending = pending;
    this.connections = connections;
    this.ids = ids;
    this.authorizer = authorizer;
  }

  @Override
  public void accept(Exchange exchange) {
    Calls.read(exchange, Call.getDefaultInstance(), (call, type) -> check(exchange, call));
  }

  private void check(Exchange exchange, Call call) {
    var violation = CallShape.check(call);
    if (violation.isPresent()) {
      exchange.answer(Answer.text(400, "Failed to validate scheduler::Call: " + violation.get()));
      return;
    }
    switch (call.getType()) {
      case SUBSCRIBE -> checkSubscribe(exchange, call);
      case RECONCILE_OPERATIONS -> {
        if (Calls.accepted(exchange).isEmpty()) {
          exchange.answer(Calls.notAcceptable());
          return;
        }
        call(exchange, call);
      }
      case UNKNOWN,
          TEARDOWN,
          ACCEPT,
          DECLINE,
          ACCEPT_INVERSE_OFFERS,
          DECLINE_INVERSE_OFFERS,
          REVIVE,
          KILL,
          SHUTDOWN,
          ACKNOWLEDGE,
          ACKNOWLEDGE_OPERATION_STATUS,
          RECONCILE,
          MESSAGE,
          REQUEST,
          SUPPRESS,
          UPDATE_FRAMEWORK ->
          call(exchange, call);
    }
  }

  private void checkSubscribe(Exchange exchange, Call call) {
    var accepted = Calls.accepted(exchange);
    if (accepted.isEmpty()) {
      exchange.answer(Calls.notAcceptable());
    } else if (exchange.header(STREAM_ID).isPresent()) {
      exchange.answer(
          Answer.text(400, "Subscribe calls should not include the 'Mesos-Stream-Id' header"));
    } else {
      subscribe(exchange, call, accepted.get());
    }
  }

  private void subscribe(Exchange exchange, Call call, MediaType type) {
    var streamId = ids.next().toString();
    var stream = exchange.stream(streamId, type, List.of(new Header(STREAM_ID, streamId)));
    connections.add(stream);
    var replyTo =
        pending.expect(
            exchange,
            // Refused before it was opened: nobody will write to it.
            stream::end);
    var command =
        SchedulerCommands.subscribe(
            call, streamId, authorizer.rights(exchange.principal()), replyTo);
    if (offer.test(command)) {
      stream.onClose(cause -> insist.accept(new SchedulerCommand.StreamEnded(streamId)));
    } else {
      pending.forget(replyTo);
      exchange.answer(Busy.full());
      stream.end();
    }
  }

  private void call(Exchange exchange, Call call) {
    var replyTo = pending.expect(exchange, () -> {});
    var caller =
        new Caller(
            FrameworkId.of(call.getFrameworkId()),
            exchange.header(STREAM_ID),
            authorizer.rights(exchange.principal()),
            replyTo);
    if (!offer.test(SchedulerCommands.of(call, caller))) {
      pending.forget(replyTo);
      exchange.answer(Busy.full());
    }
  }
}
