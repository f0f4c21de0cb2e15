package io.proffer.api.http;

import io.proffer.api.recordio.RecordEncoder;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A stream of records over HTTP: each record, its length line and its body together, is one chunk.
 */
final class HttpRecordStream implements RecordStream {
  /** What may be on its way through the connection at once. */
  private static final int WINDOW_BYTES = 256 * 1024;

  /** Of a shared connection, which tells only of what was taken whole. */
  private static final int PART_BYTES = 16 * 1024;

  private sealed interface Item {
    record Chunk(Buffer bytes) implements Item {}

    record Mark(Runnable reached) implements Item {}

    record End() implements Item {}
  }

  private final String id;
  private final MediaType type;
  private final List<Header> headers;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Context context;
  private final HttpLimits limits;
  private final BooleanSupplier claim;

  private final ConcurrentLinkedQueue<Item> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicBoolean pumping = new AtomicBoolean();

  /** Why the stream is over; null until it is. */
  private final AtomicReference<Cause> end = new AtomicReference<>();

  private final CopyOnWriteArrayList<Consumer<Cause>> closeHandlers = new CopyOnWriteArrayList<>();

  /** When the reader last took something. Event loop only, like all below. */
  private long lastProgressNanos;

  private final Wire wire;
  private final List<Long> timers = new ArrayList<>();
  private int underWayBytes;
  private boolean draining;
  private boolean headSent;

  HttpRecordStream(
      String id,
      MediaType type,
      List<Header> headers,
      HttpServerRequest request,
      Context context,
      HttpLimits limits,
      BooleanSupplier claim) {
    this.id = id;
    this.type = type;
    this.headers = List.copyOf(headers);
    this.request = request;
    this.response = request.response();
    this.context = context;
    this.wire = new Wire(request);
    this.limits = limits;
    this.claim = claim;
    later(
        () -> {
          response.exceptionHandler(failure -> closedBy(Cause.CLIENT_LEFT));
          response.closeHandler(nothing -> closedBy(Cause.CLIENT_LEFT));
          if (response.closed()) {
            closedBy(Cause.CLIENT_LEFT);
          }
        });
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
    return Peers.name(request.remoteAddress());
  }

  @Override
  public boolean isClosed() {
    return end.get() != null;
  }

  @Override
  public long waitingBytes() {
    return waitingBytes.get();
  }

  @Override
  public void write(byte[] record) {
    writePart(RecordEncoder.encode(record));
  }

  @Override
  public void writePart(byte[] part) {
    if (isClosed()) {
      return;
    }
    var chunk = Buffer.buffer(part);
    if (waitingBytes.addAndGet(chunk.length()) > limits.streamBufferBytes()) {
      cut(Cause.BUFFER_FULL);
      return;
    }
    waiting.add(new Item.Chunk(chunk));
    pump();
  }

  @Override
  public void whenDrained(Runnable reached) {
    waiting.add(new Item.Mark(reached));
    pump();
  }

  @Override
  public void end() {
    waiting.add(new Item.End());
    pump();
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
    later(
        () -> {
          if (!isClosed()) {
            timers.add(context.owner().setPeriodic(period.toMillis(), timer -> guarded(work)));
          }
        });
  }

  @Override
  public void onClose(Consumer<Cause> handler) {
    closeHandlers.add(handler);
    if (isClosed()) {
      later(() -> runLate(handler));
    }
  }

  @Override
  public void onLoop(Runnable work) {
    later(() -> guarded(work));
  }

  private void later(Runnable work) {
    try {
      context.runOnContext(ignored -> work.run());
    } catch (RejectedExecutionException e) {
      // The server has stopped, and its connections with it.
      end.compareAndSet(null, Cause.ENDED);
    }
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      Incidents.log(e, "the stream " + id);
      cut(Cause.FAILED);
    }
  }

  private void runLate(Consumer<Cause> handler) {
    if (closeHandlers.remove(handler)) {
      tell(handler, end.get());
    }
  }

  /** One who cannot bear the news must not keep it from the others. */
  private void tell(Consumer<Cause> handler, Cause cause) {
    try {
      handler.accept(cause);
    } catch (RuntimeException e) {
      Incidents.log(e, "the end of the stream " + id);
    }
  }

  /**
   * In a turn of its own on the event loop: what others add until then leaves in the same write.
   */
  private void pump() {
    if (pumping.compareAndSet(false, true)) {
      later(this::drain);
    }
  }

  /**
   * Hands records to the connection until enough is under way there. Counted here in bytes, because
   * Vert.x counts messages: sixteen records of a megabyte are no full queue to it.
   */
  private void drain() {
    pumping.set(false);
    if (draining) {
      return;
    }
    draining = true;
    try {
      var more = true;
      while (more && !isClosed() && underWayBytes < WINDOW_BYTES) {
        switch (waiting.poll()) {
          case Item.Chunk chunk -> send(chunk.bytes());
          case Item.Mark mark -> guarded(mark.reached());
          case Item.End ignored -> finish();
          case null -> more = false;
        }
      }
    } finally {
      draining = false;
    }
  }

  private void send(Buffer chunk) {
    if (!headSent && !open()) {
      closedBy(Cause.CLIENT_LEFT);
      return;
    }
    underWayBytes += chunk.length();
    if (!Wire.isShared(request)) {
      write(chunk);
      return;
    }
    for (int at = 0; at < chunk.length(); at += PART_BYTES) {
      write(chunk.slice(at, Math.min(chunk.length(), at + PART_BYTES)));
    }
  }

  private void write(Buffer part) {
    var bytes = part.length();
    response.write(part).onComplete(result -> taken(bytes));
  }

  private void taken(int bytes) {
    underWayBytes -= bytes;
    waitingBytes.addAndGet(-bytes);
    lastProgressNanos = System.nanoTime();
    drain();
  }

  private boolean open() {
    if (response.closed() || !claim.getAsBoolean()) {
      return false;
    }
    headSent = true;
    response.setStatusCode(200).setChunked(true);
    response.putHeader("Date", HttpDate.now());
    if (!Wire.isShared(request)) {
      response.putHeader("Transfer-Encoding", "chunked");
    }
    for (var header : headers) {
      response.putHeader(header.name(), header.value());
    }
    response.putHeader("Content-Type", type.text());
    // Else nginx, as it comes, keeps records until it has a few pages of them.
    response.putHeader("X-Accel-Buffering", "no");
    lastProgressNanos = System.nanoTime();
    var period = Math.max(10, limits.stallTimeout().toMillis() / 4);
    timers.add(context.owner().setPeriodic(period, timer -> checkProgress()));
    return true;
  }

  private void checkProgress() {
    if (wire.moved() || waitingBytes.get() == 0) {
      lastProgressNanos = System.nanoTime();
    } else if (System.nanoTime() - lastProgressNanos > limits.stallTimeout().toNanos()) {
      cut(Cause.STALLED);
    }
  }

  private void finish() {
    if (!headSent && !response.closed() && claim.getAsBoolean()) {
      Answers.send(
          request,
          Answer.unavailable("The stream ended before it began: ask for it again later", 1));
    } else if (headSent && !response.ended() && !response.closed()) {
      response.end();
    }
    closedBy(Cause.ENDED);
  }

  /**
   * Ends the stream now and for the whole connection; what waits is lost. From any thread, and at
   * once: a record behind a lost one must not leave.
   */
  private void cut(Cause cause) {
    if (end.compareAndSet(null, cause)) {
      later(
          () -> {
            conclude(cause);
            wire.cut();
          });
    }
  }

  private void closedBy(Cause cause) {
    if (end.compareAndSet(null, cause)) {
      conclude(cause);
    }
  }

  private void conclude(Cause cause) {
    timers.forEach(context.owner()::cancelTimer);
    waiting.clear();
    for (var handler : closeHandlers) {
      if (closeHandlers.remove(handler)) {
        tell(handler, cause);
      }
    }
  }
}
