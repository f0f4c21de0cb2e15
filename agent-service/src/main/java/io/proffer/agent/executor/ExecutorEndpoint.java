package io.proffer.agent.executor;

import io.proffer.agent.core.command.ExecutorCommand;
import io.proffer.agent.core.command.ReplyTo;
import io.proffer.agent.core.effect.Reply;
import io.proffer.agent.core.fact.Claims;
import io.proffer.agent.core.fact.ExecutorKey;
import io.proffer.api.endpoint.Access;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Calls;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.MediaType;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.executor.Call;
import io.proffer.kernel.Ids;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** POST /api/v1/executor (executor-api, sections 1 and 2). */
public final class ExecutorEndpoint implements Consumer<Exchange> {
  private static final int RETRY_SECONDS = 1;

  /** The way to the core. */
  public interface Core {
    /** Hands a command over; false when there is no room. */
    boolean offer(ExecutorCommand command);

    /** Hands over a command that may not get lost; may be called on an event loop. */
    void insist(ExecutorCommand command);
  }

  /** Where the core's answers come back. */
  public interface Answers {
    /** Gives the answer for this exchange; one that throws fails the exchange. */
    ReplyTo expect(Exchange exchange, Consumer<Reply> take);

    /** Nobody waits here any more: the command was not taken. */
    void forget(ReplyTo replyTo);
  }

  private final Core core;
  private final Answers answers;
  private final ExecutorStreams streams;
  private final Ids ids;
  private final Proof proof;

  /** Who makes a request. */
  public interface Proof {
    /** Where executors are not asked. */
    Proof NONE =
        new Proof() {
          @Override
          public boolean asked() {
            return false;
          }

          @Override
          public Optional<Claims> of(Exchange exchange) {
            return Optional.empty();
          }
        };

    /** Whether executors must prove who they are. */
    boolean asked();

    /** As it has proved; empty when it has not. */
    Optional<Claims> of(Exchange exchange);
  }

  public ExecutorEndpoint(
      Core core, Answers answers, ExecutorStreams streams, Ids ids, Proof proof) {
    this.proof = proof;
    this.core = core;
    this.answers = answers;
    this.streams = streams;
    this.ids = ids;
  }

  @Override
  public void accept(Exchange exchange) {
    Calls.read(exchange, Call.getDefaultInstance(), (call, type) -> check(exchange, call));
  }

  private void check(Exchange exchange, Call call) {
    var violation = CallShape.check(call);
    if (violation.isPresent()) {
      exchange.answer(Answer.text(400, "Failed to validate Executor::Call: " + violation.get()));
      return;
    }
    var executor =
        new ExecutorKey(FrameworkId.of(call.getFrameworkId()), ExecutorId.of(call.getExecutorId()));
    var claims = proof.of(exchange);
    if (proof.asked() && claims.isEmpty()) {
      // Without claims the core would let it speak for anybody.
      exchange.answer(
          Answer.bare(401)
              .with(
                  "WWW-Authenticate", "Bearer realm=\"" + Access.EXECUTORS.realm("agent") + "\""));
      return;
    }
    switch (call.getType()) {
      case SUBSCRIBE ->
          Calls.accepted(exchange)
              .ifPresentOrElse(
                  type -> subscribe(exchange, executor, claims, call.getSubscribe(), type),
                  () -> exchange.answer(Calls.notAcceptable()));
      case UPDATE ->
          ask(
              exchange,
              replyTo ->
                  new ExecutorCommand.Update(
                      replyTo, executor, claims, call.getUpdate().getStatus()));
      case MESSAGE ->
          ask(
              exchange,
              replyTo ->
                  new ExecutorCommand.Message(
                      replyTo, executor, claims, call.getMessage().getData()));
      case HEARTBEAT -> exchange.answer(Answer.empty(202));
      case UNKNOWN -> exchange.answer(Answer.bare(501));
    }
  }

  private void subscribe(
      Exchange exchange,
      ExecutorKey executor,
      Optional<Claims> claims,
      Call.Subscribe subscribe,
      MediaType type) {
    var id = ids.next().toString();
    var stream = exchange.stream(id, type, List.of());
    streams.add(exchange, stream);
    var command =
        new ExecutorCommand.Subscribe(
            executor,
            claims,
            id,
            subscribe.getUnacknowledgedTasksList().stream()
                .map(TaskInfo::getTaskId)
                .map(TaskId::of)
                .toList(),
            subscribe.getUnacknowledgedUpdatesList().stream().map(Call.Update::getStatus).toList());
    if (core.offer(command)) {
      stream.onClose(cause -> core.insist(new ExecutorCommand.Disconnected(executor, id)));
    } else {
      exchange.answer(busy());
      stream.end();
    }
  }

  private interface Question {
    ExecutorCommand of(ReplyTo replyTo);
  }

  private void ask(Exchange exchange, Question question) {
    var replyTo = answers.expect(exchange, reply -> answer(exchange, reply));
    if (!core.offer(question.of(replyTo))) {
      answers.forget(replyTo);
      exchange.answer(busy());
    }
  }

  private static void answer(Exchange exchange, Reply reply) {
    switch (reply) {
      case Reply.Accepted ignored -> exchange.answer(Answer.empty(202));
      case Reply.Refused(var to, var rejection) ->
          exchange.answer(ExecutorStreams.answer(rejection));
      case Reply.Failed(var to, var incident) -> exchange.answer(Answer.failed(incident));
      case Reply.Answer ignored ->
          throw new IllegalStateException("a call was answered with a snapshot");
    }
  }

  /** 503: the queue of commands is full. */
  public static Answer busy() {
    return Answer.unavailable("The agent has too much to do: try again later", RETRY_SECONDS);
  }
}
