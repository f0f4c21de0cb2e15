package io.proffer.master.http;

import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.master.core.command.ReplyTo;
import io.proffer.master.core.effect.Rejection;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.fact.Snapshot;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Requests that wait for the core's answer. One that waits too long is told so, a read to come
 * again; what the core says of it afterwards goes nowhere.
 */
public final class Pending implements AutoCloseable {
  /** Who waits: an exchange, or a reader of snapshots. */
  private sealed interface Waiting {
    record Call(Exchange exchange, Runnable then) implements Waiting {}

    record Read(Consumer<Snapshot> take, Consumer<Answer> refused) implements Waiting {}
  }

  private record Entry(Waiting waiting, long sinceNanos) {}

  private final ConcurrentHashMap<Long, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicLong next = new AtomicLong();
  private final long limitNanos;
  private final LongSupplier nanos;

  /**
   * @param limitNanos how long an answer may take
   * @param nanos monotonic nanoseconds now
   */
  public Pending(long limitNanos, LongSupplier nanos) {
    this.limitNanos = limitNanos;
    this.nanos = nanos;
  }

  /**
   * Where the core sends the answer for this exchange.
   *
   * @param then what is to do once it was answered here, and not by a stream
   */
  ReplyTo expect(Exchange exchange, Runnable then) {
    return add(new Waiting.Call(exchange, then));
  }

  /**
   * Where the core sends a snapshot.
   *
   * @param refused gets what is to be answered when none comes
   */
  ReplyTo expect(Consumer<Snapshot> take, Consumer<Answer> refused) {
    return add(new Waiting.Read(take, refused));
  }

  /** Nobody waits here any more: the command was not taken. */
  void forget(ReplyTo replyTo) {
    entries.remove(replyTo.id());
  }

  /** How many wait. */
  public int size() {
    return entries.size();
  }

  /** Passes the core's answer on. */
  public void deliver(Reply reply) {
    var entry = entries.remove(reply.replyTo().id());
    if (entry == null) {
      return;
    }
    switch (entry.waiting()) {
      case Waiting.Call call -> answer(call, reply);
      case Waiting.Read read -> {
        if (reply instanceof Reply.Answer(var replyTo, var snapshot)) {
          read.take().accept(snapshot);
        } else {
          read.refused().accept(answer(reply));
        }
      }
    }
  }

  /** Answers those that have waited too long. Called now and then. */
  public void sweep(long nowNanos) {
    entries.forEach(
        (id, entry) -> {
          if (nowNanos - entry.sinceNanos() >= limitNanos && entries.remove(id, entry)) {
            giveUp(entry.waiting());
          }
        });
  }

  /** There will be no answers any more: all that wait are told so. */
  @Override
  public void close() {
    sweep(nanos.getAsLong() + limitNanos);
  }

  private static void giveUp(Waiting waiting) {
    switch (waiting) {
      case Waiting.Call call -> answer(call, () -> Busy.tooLate(call.exchange()));
      case Waiting.Read read -> read.refused().accept(Busy.tooLate());
    }
  }

  private ReplyTo add(Waiting waiting) {
    var id = next.incrementAndGet();
    entries.put(id, new Entry(waiting, nanos.getAsLong()));
    return new ReplyTo(id);
  }

  /** A document is written on a worker, all else is short. */
  private static void answer(Waiting.Call call, Reply reply) {
    if (reply instanceof Reply.Explained(var replyTo, var explanation)) {
      call.exchange().answerJson(out -> PlainExplanation.write(explanation, out));
    } else {
      answer(call, () -> answer(reply));
    }
  }

  /** Never throws: this runs on the thread of the loop, which one call must not end. */
  private static void answer(Waiting.Call call, Supplier<Answer> answer) {
    try {
      if (call.exchange().answer(answer.get())) {
        call.then().run();
      }
    } catch (RuntimeException e) {
      call.exchange().fail(e);
    }
  }

  /** The one table from what the core says to what a client gets. */
  private static Answer answer(Reply reply) {
    return switch (reply) {
      case Reply.Accepted accepted -> Answer.empty(202);
      case Reply.Done done -> Answer.empty(200);
      case Reply.Refused(var replyTo, var rejection) -> refused(rejection);
      case Reply.Failed(var replyTo, var incident) -> Answer.failed(incident);
      case Reply.Answer answer ->
          throw new IllegalStateException("a call was answered with a snapshot");
      case Reply.Explained explained ->
          throw new IllegalStateException("a read was answered with an explanation");
    };
  }

  private static Answer refused(Rejection rejection) {
    return switch (rejection.kind()) {
      case INVALID -> Answer.text(400, rejection.text());
      case FORBIDDEN ->
          rejection.text().isEmpty() ? Answer.bare(403) : Answer.text(403, rejection.text());
      case NOT_FOUND -> Answer.text(404, rejection.text());
      case CONFLICT -> Answer.text(409, rejection.text());
      case NOT_IMPLEMENTED -> Answer.text(501, rejection.text());
      case UNAVAILABLE -> Answer.unavailable(rejection.text(), 1);
    };
  }
}
