package io.proffer.agent.executor;

import io.proffer.agent.core.effect.Rejection;
import io.proffer.agent.core.effect.ToExecutor;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Calls;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.RecordStream;
import io.proffer.api.v1.executor.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Writes events to executor streams, in the order the core decided them. */
public final class ExecutorStreams implements Consumer<List<ToExecutor>> {
  private static final int RETRY_SECONDS = 1;

  /** A subscription, and the request that it began with until that is answered. */
  private record Open(Optional<Exchange> exchange, RecordStream stream) {}

  private final ConcurrentHashMap<String, Open> streams = new ConcurrentHashMap<>();
  private final Duration heartbeat;

  /**
   * @param heartbeat how often a stream says that it lives, the first time after this
   */
  public ExecutorStreams(Duration heartbeat) {
    this.heartbeat = heartbeat;
  }

  /** Takes a batch of effects, and returns at once. */
  @Override
  public void accept(List<ToExecutor> effects) {
    var byStream = new LinkedHashMap<String, List<ToExecutor>>();
    for (var effect : effects) {
      byStream.computeIfAbsent(effect.stream(), id -> new ArrayList<>()).add(effect);
    }
    byStream.forEach(
        (id, batch) ->
            Optional.ofNullable(streams.get(id))
                .ifPresent(
                    open -> open.stream().onLoop(() -> batch.forEach(one -> say(open, one)))));
  }

  /** Keeps a stream until it is over. */
  void add(Exchange exchange, RecordStream stream) {
    streams.put(stream.id(), new Open(Optional.of(exchange), stream));
    stream.onClose(cause -> streams.remove(stream.id()));
  }

  private void say(Open open, ToExecutor effect) {
    var stream = open.stream();
    switch (effect) {
      case ToExecutor.Subscribed e -> {
        // Its body may be large, and the stream lives long.
        streams.computeIfPresent(e.stream(), (id, was) -> new Open(Optional.empty(), stream));
        write(stream, EventWords.subscribed(e));
        stream.beat(heartbeat, () -> Calls.encode(EventWords.HEARTBEAT, stream.type()));
      }
      case ToExecutor.Launch e -> write(stream, EventWords.launch(e));
      case ToExecutor.Kill e -> write(stream, EventWords.kill(e));
      case ToExecutor.Acknowledged e -> write(stream, EventWords.acknowledged(e));
      case ToExecutor.Message e -> write(stream, EventWords.message(e));
      case ToExecutor.Shutdown ignored -> write(stream, EventWords.SHUTDOWN);
      case ToExecutor.Close ignored -> stream.end();
      case ToExecutor.Refused(var id, var rejection) -> {
        open.exchange().ifPresent(exchange -> exchange.answer(answer(rejection)));
        stream.end();
      }
    }
  }

  /** The one table from a refusal to what a client gets. */
  static Answer answer(Rejection rejection) {
    return switch (rejection.kind()) {
      case INVALID -> Answer.text(400, rejection.text());
      case FORBIDDEN -> Answer.text(403, rejection.text());
      case UNAVAILABLE -> Answer.unavailable(rejection.text(), RETRY_SECONDS);
    };
  }

  private static void write(RecordStream stream, Event event) {
    stream.write(Calls.encode(event, stream.type()));
  }
}
