package io.proffer.api.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.proffer.api.v1.scheduler.Event;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** 100 offers of four resources, encoded and decoded by both. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class OffersBenchmark {
  private static final int OFFERS = 100;

  private final ObjectMapper databind = OffersRecords.mapper();
  private Event event;
  private OffersRecords.Event records;
  private byte[] json;
  private byte[] protobuf;

  /** Builds the event, and requires that both sides mean the same text by it. */
  @Setup
  public void prepare() throws IOException {
    event = OffersEvent.of(OFFERS);
    json = JsonCodec.encode(event);
    protobuf = event.toByteArray();
    records = databind.readValue(json, OffersRecords.Event.class);
    if (!Arrays.equals(json, databind.writeValueAsBytes(records))) {
      throw new IllegalStateException("The two sides write different texts");
    }
  }

  @Benchmark
  public byte[] encodeCodec() {
    return JsonCodec.encode(event);
  }

  @Benchmark
  public byte[] encodeDatabind() throws IOException {
    return databind.writeValueAsBytes(records);
  }

  @Benchmark
  public byte[] encodeProtobuf() {
    return event.toByteArray();
  }

  @Benchmark
  public Event decodeCodec() throws JsonFormatException {
    return JsonCodec.decode(json, Event.getDefaultInstance());
  }

  @Benchmark
  public OffersRecords.Event decodeDatabind() throws IOException {
    return databind.readValue(json, OffersRecords.Event.class);
  }

  @Benchmark
  public Event decodeProtobuf() throws IOException {
    return Event.parseFrom(protobuf);
  }
}
