package io.proffer.e2e.simulation;

import io.proffer.api.http.Header;
import io.proffer.api.http.MediaType;
import io.proffer.api.http.RecordStream;
import io.proffer.api.recordio.RecordEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A stream of records, cut off by the same two bounds as the real one. */
final class SimStream implements RecordStream {
  private static final long BUFFER_BYTES = 1 << 20;
  private static final Duration STALL = Duration.ofSeconds(60);

  private final String id;
  private final MediaType type;
  private final List<Header> headers;
  private final SimNetwork network;
  private final SimProcess server;
  private final SimConnection connection;
  private final BooleanSupplier claim;
  private final List<Consumer<Cause>> closeHandlers = new ArrayList<>();
  private final List<Runnable> timers = new ArrayList<>();
  private boolean headSent;
  private boolean closed;
  private long waitingBytes;
  private long lastProgress;

  SimStream(
      String id,
      MediaType type,
      List<Header> headers,
      SimNetwork network,
      SimProcess server,
      SimConnection connection,
      BooleanSupplier claim) {
    this.id = id;
    this.type = type;
    this.headers = headers;
    this.network = network;
    this.server = server;
    this.connection = connection;
    this.claim = claim;
    connection.onClose(() -> closedBy(Cause.CLIENT_LEFT));
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public MediaType type() {
    return type;
  }

  @Override
  public String peer() {
    return "simulated";
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public long waitingBytes() {
    return waitingBytes;
  }

  @Override
  public void write(byte[] record) {
    writePart(RecordEncoder.encode(record));
  }

  @Override
  public void writePart(byte[] bytes) {
    if (closed || !open()) {
      return;
    }
    if (waitingBytes + bytes.length > BUFFER_BYTES) {
      cut(Cause.BUFFER_FULL);
    } else if (network.chance().nextDouble() < network.weather().split()) {
      var at = network.chance().nextInt(bytes.length);
      send(Arrays.copyOfRange(bytes, 0, at));
      send(Arrays.copyOfRange(bytes, at, bytes.length));
    } else {
      send(bytes);
    }
  }

  @Override
  public void whenDrained(Runnable reached) {
    connection.whenArrived(
        () ->
            server.run(
                () -> {
                  if (!closed) {
                    reached.run();
                  }
                }));
  }

  @Override
  public void end() {
    if (!closed) {
      closedBy(Cause.ENDED);
      if (headSent) {
        connection.end();
      }
    }
  }

  @Override
  public void giveWay() {
    cut(Cause.GAVE_WAY);
  }

  @Override
  public void beat(Duration period, Supplier<byte[]> record) {
    every(period, () -> write(record.get()));
  }

  @Override
  public void every(Duration period, Runnable work) {
    if (!closed) {
      timers.add(server.every(period, work));
    }
  }

  @Override
  public void onClose(Consumer<Cause> handler) {
    if (closed) {
      server.run(() -> handler.accept(Cause.CLIENT_LEFT));
    } else {
      closeHandlers.add(handler);
    }
  }

  @Override
  public void onLoop(Runnable work) {
    server.run(work);
  }

  private boolean open() {
    if (headSent) {
      return true;
    }
    if (!claim.getAsBoolean()) {
      closedBy(Cause.CLIENT_LEFT);
      return false;
    }
    headSent = true;
    connection.head(200, headers);
    lastProgress = server.world().monotonicNanos();
    timers.add(server.every(STALL.dividedBy(4), this::checkProgress));
    return true;
  }

  private void send(byte[] piece) {
    waitingBytes += piece.length;
    connection.piece(
        piece,
        () -> {
          waitingBytes -= piece.length;
          lastProgress = server.world().monotonicNanos();
        });
  }

  private void checkProgress() {
    var now = server.world().monotonicNanos();
    if (waitingBytes == 0) {
      lastProgress = now;
    } else if (now - lastProgress > STALL.toNanos()) {
      cut(Cause.STALLED);
    }
  }

  private void cut(Cause cause) {
    closedBy(cause);
    connection.breakOff("cut off: " + cause);
  }

  private void closedBy(Cause cause) {
    if (!closed) {
      closed = true;
      timers.forEach(Runnable::run);
      var handlers = List.copyOf(closeHandlers);
      closeHandlers.clear();
      handlers.forEach(handler -> handler.accept(cause));
    }
  }
}
