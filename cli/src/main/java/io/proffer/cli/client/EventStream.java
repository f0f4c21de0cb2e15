package io.proffer.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The open answer of a SUBSCRIBE. Silence of several heartbeats ends it: a connection whose other
 * side has gone may otherwise stay open for hours.
 */
public final class EventStream implements AutoCloseable {
  /** How often a master says that it lives. */
  static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private static final int MISSED_HEARTBEATS = 4;

  private final String id;
  private final InputStream in;
  private final Records records;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("heartbeat-watch").factory());
  private volatile long lastHeardNanos = System.nanoTime();

  EventStream(String id, InputStream in) {
    this.id = id;
    this.in = in;
    this.records = new Records(new Heard(in));
    long limit = HEARTBEAT.multipliedBy(MISSED_HEARTBEATS).toNanos();
    var _ =
        watch.scheduleWithFixedDelay(
            () -> {
              if (System.nanoTime() - lastHeardNanos > limit) {
                close();
              }
            },
            HEARTBEAT.toNanos(),
            HEARTBEAT.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  /** Notes when anything came, also of a record that takes long to come whole. */
  private final class Heard extends FilterInputStream {
    Heard(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      var got = super.read();
      lastHeardNanos = System.nanoTime();
      return got;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      var got = super.read(bytes, from, length);
      lastHeardNanos = System.nanoTime();
      return got;
    }
  }

  /** What the calls of this subscription carry in {@code Mesos-Stream-Id}. */
  public String id() {
    return id;
  }

  /**
   * Waits for the next event; empty when the stream has ended or fell silent.
   *
   * @throws ClientException if what came is no event: asking anew would give the same
   */
  public Optional<JsonNode> next() throws ClientException {
    try {
      var record = records.next();
      return record.isEmpty() ? Optional.empty() : Optional.of(Http.JSON.readTree(record.get()));
    } catch (JsonProcessingException noEvent) {
      throw ClientException.refused(
          "Expected an event in JSON, but got: " + noEvent.getOriginalMessage() + ".");
    } catch (ProtocolException noStream) {
      throw ClientException.refused(
          "Expected a stream of events: " + noStream.getMessage() + ". Is this a master?");
    } catch (IOException ended) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
    try {
      in.close();
    } catch (IOException alreadyGone) {
      // A connection that broke by itself is as closed as one that we close.
    }
  }
}
