package io.proffer.master;

import io.proffer.api.http.RecordStream;
import io.proffer.master.http.EventFeed;
import io.proffer.master.sight.Sight;
import io.proffer.master.watch.OperatorStreams;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** The events of one room for the endpoint of another. */
public record Feed(OperatorStreams streams) implements EventFeed {
  @Override
  public Duration heartbeat() {
    return streams.heartbeat();
  }

  @Override
  public String id(long number) {
    return streams.id(number);
  }

  @Override
  public OptionalLong lastOf(long frames) {
    return streams.lastOf(frames);
  }

  @Override
  public OptionalLong place(String id) {
    return streams.place(id);
  }

  @Override
  public void admit(RecordStream stream) {
    streams.admit(stream);
  }

  @Override
  public void follow(RecordStream stream, long after, Supplier<Sight> sight) {
    streams.follow(stream, after, sight);
  }
}
