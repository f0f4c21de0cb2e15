package io.proffer.agent.http;

import io.proffer.agent.core.command.ReplyTo;
import io.proffer.agent.core.effect.Reply;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Those who wait for the core's answer. They get it on the thread of the loop, so one that throws
 * keeps it to itself.
 */
final class Readers {
  private record Reader(Consumer<Reply> take, Consumer<? super RuntimeException> failed) {}

  private final Map<Long, Reader> waiting = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();

  /**
   * Where the core sends the answer for this reader.
   *
   * @param failed gets what {@code take} throws
   */
  ReplyTo expect(Consumer<Reply> take, Consumer<? super RuntimeException> failed) {
    var id = last.incrementAndGet();
    waiting.put(id, new Reader(take, failed));
    return new ReplyTo(id);
  }

  /** Nobody waits here any more: the command was not taken. */
  void forget(ReplyTo replyTo) {
    waiting.remove(replyTo.id());
  }

  /** Passes the core's answer on. */
  void deliver(Reply reply) {
    Optional.ofNullable(waiting.remove(reply.replyTo().id()))
        .ifPresent(
            reader -> {
              try {
                reader.take().accept(reply);
              } catch (RuntimeException e) {
                reader.failed().accept(e);
              }
            });
  }
}
