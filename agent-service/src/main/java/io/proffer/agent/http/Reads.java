package io.proffer.agent.http;

import io.proffer.agent.core.command.OperatorCommand;
import io.proffer.agent.core.command.ReplyTo;
import io.proffer.agent.core.effect.Reply;
import io.proffer.agent.core.fact.Snapshot;
import io.proffer.agent.executor.ExecutorEndpoint;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Brings the answers of the core to those who wait for them; most wait for a snapshot. */
final class Reads implements ExecutorEndpoint.Answers {
  private final Predicate<? super OperatorCommand> commands;
  private final Readers readers = new Readers();

  /**
   * @param commands takes a command without blocking; false when there is no room
   */
  Reads(Predicate<? super OperatorCommand> commands) {
    this.commands = commands;
  }

  /** Gives a snapshot, on the loop's thread; a request that cannot have one is told why. */
  void read(Exchange exchange, Consumer<Snapshot> take) {
    var replyTo = readers.expect(reply -> answer(exchange, reply, take), exchange::fail);
    if (!commands.test(new OperatorCommand.Read(replyTo))) {
      readers.forget(replyTo);
      exchange.answer(ExecutorEndpoint.busy());
    }
  }

  /** A snapshot for somebody who is no request; fails when there is none. */
  CompletionStage<Snapshot> snapshot() {
    var result = new CompletableFuture<Snapshot>();
    var replyTo =
        readers.expect(
            reply -> {
              switch (reply) {
                case Reply.Answer(var to, var snapshot) -> result.complete(snapshot);
                case Reply.Failed(var to, var incident) ->
                    result.completeExceptionally(new IllegalStateException(incident));
                case Reply.Accepted accepted -> throw noSnapshot(accepted);
                case Reply.Refused refused -> throw noSnapshot(refused);
              }
            },
            result::completeExceptionally);
    if (!commands.test(new OperatorCommand.Read(replyTo))) {
      readers.forget(replyTo);
      result.completeExceptionally(new IllegalStateException("the queue of commands is full"));
    }
    return result;
  }

  @Override
  public ReplyTo expect(Exchange exchange, Consumer<Reply> take) {
    return readers.expect(take, exchange::fail);
  }

  @Override
  public void forget(ReplyTo replyTo) {
    readers.forget(replyTo);
  }

  /** Takes the core's answers, and returns at once. */
  void deliver(Reply reply) {
    readers.deliver(reply);
  }

  private static void answer(Exchange exchange, Reply reply, Consumer<Snapshot> take) {
    switch (reply) {
      case Reply.Answer(var to, var snapshot) -> take.accept(snapshot);
      case Reply.Failed(var to, var incident) -> exchange.answer(Answer.failed(incident));
      case Reply.Accepted accepted -> throw noSnapshot(accepted);
      case Reply.Refused refused -> throw noSnapshot(refused);
    }
  }

  private static IllegalStateException noSnapshot(Reply reply) {
    return new IllegalStateException("a read was answered with " + reply);
  }
}
