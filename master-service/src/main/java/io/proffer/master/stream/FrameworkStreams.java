package io.proffer.master.stream;

import io.proffer.api.http.Calls;
import io.proffer.api.http.Connections;
import io.proffer.api.http.RecordStream;
import io.proffer.api.v1.scheduler.Event;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.ToFramework;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;

/** Writes events to scheduler streams, in the order the core decided them. */
public final class FrameworkStreams implements Consumer<List<ToFramework>> {
  /** How often a stream without other events says that it lives (scheduler-api, section 10). */
  public static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private static final Event BEAT = Event.newBuilder().setType(Event.Type.HEARTBEAT).build();

  private final Connections connections;
  private final EventWords words;
  private final Consumer<Command> insist;
  private final Duration heartbeat;

  /**
   * @param insist hands over a command that may not get lost
   */
  public FrameworkStreams(
      Connections connections, EventWords words, Consumer<Command> insist, Duration heartbeat) {
    this.connections = connections;
    this.words = words;
    this.insist = insist;
    this.heartbeat = heartbeat;
  }

  /** Takes a batch of effects, and returns at once. */
  @Override
  public void accept(List<ToFramework> effects) {
    var byStream = new LinkedHashMap<String, List<ToFramework>>();
    for (var effect : effects) {
      byStream.computeIfAbsent(effect.streamId(), id -> new ArrayList<>()).add(effect);
    }
    byStream.forEach(
        (id, batch) ->
            connections
                .find(id)
                .ifPresent(stream -> stream.onLoop(() -> batch.forEach(one -> say(stream, one)))));
  }

  private void say(RecordStream stream, ToFramework effect) {
    switch (effect) {
      case ToFramework.Subscribed subscribed -> {
        write(stream, words.subscribed(subscribed, heartbeat));
        write(stream, BEAT);
        stream.beat(heartbeat, () -> Calls.encode(BEAT, stream.type()));
      }
      case ToFramework.Offers offers -> write(stream, words.offers(offers));
      case ToFramework.Rescind rescind -> write(stream, words.rescind(rescind));
      case ToFramework.InverseOffers offers -> write(stream, words.inverseOffers(offers));
      case ToFramework.RescindInverse rescind -> write(stream, words.rescindInverse(rescind));
      case ToFramework.Update update -> write(stream, words.update(update));
      case ToFramework.OperationUpdate update -> write(stream, words.operation(update));
      case ToFramework.Message message -> write(stream, words.message(message));
      case ToFramework.AgentFailed failed -> write(stream, words.agentFailed(failed));
      case ToFramework.ExecutorFailed failed -> write(stream, words.executorFailed(failed));
      case ToFramework.Failed failed -> {
        write(stream, words.error(failed));
        stream.end();
      }
      case ToFramework.Close close -> stream.end();
      case ToFramework.PageEnd page ->
          stream.whenDrained(
              () -> insist.accept(new SchedulerCommand.StreamDrained(page.streamId())));
    }
  }

  private static void write(RecordStream stream, Event event) {
    stream.write(Calls.encode(event, stream.type()));
  }
}
