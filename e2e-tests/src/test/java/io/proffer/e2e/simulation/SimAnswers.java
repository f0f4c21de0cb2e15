package io.proffer.e2e.simulation;

import io.proffer.agent.core.command.ReplyTo;
import io.proffer.agent.core.effect.Reply;
import io.proffer.agent.executor.ExecutorEndpoint;
import io.proffer.api.http.Exchange;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Brings an agent's replies to the executors that wait for them. */
final class SimAnswers implements ExecutorEndpoint.Answers {
  private final Map<ReplyTo, Consumer<Reply>> waiting = new HashMap<>();
  private long next;

  @Override
  public ReplyTo expect(Exchange exchange, Consumer<Reply> take) {
    var replyTo = new ReplyTo(next++);
    waiting.put(replyTo, take);
    return replyTo;
  }

  @Override
  public void forget(ReplyTo replyTo) {
    waiting.remove(replyTo);
  }

  void deliver(Reply reply) {
    waiting.remove(reply.replyTo()).accept(reply);
  }
}
