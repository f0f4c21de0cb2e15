package io.proffer.agent.masterlink;

import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.api.internal.Accepted;
import io.proffer.api.internal.FromAgent;
import io.proffer.api.internal.Subscribe;
import io.proffer.api.internal.ToAgent;
import io.proffer.api.v1.AgentID;
import io.proffer.api.v1.MasterInfo;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A master as far as an agent can see, which does what a test tells it. */
public final class DoubleMaster implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final HttpServer server;
  private final BlockingQueue<Subscribe> subscriptions = new LinkedBlockingQueue<>();
  private final BlockingQueue<FromAgent> batches = new LinkedBlockingQueue<>();
  private final BlockingQueue<FromAgent.Record> records = new LinkedBlockingQueue<>();

  private volatile long epoch = 1;
  private volatile Duration pingTimeout = Duration.ofSeconds(75);
  private volatile int recordStatus = 200;
  private volatile Optional<Consumer<HttpServerRequest>> refusal = Optional.empty();
  private volatile Consumer<FromAgent.Record> onRecord = record -> {};
  private volatile String session = "";
  private volatile HttpServerResponse stream;
  private volatile long sequence;

  public DoubleMaster(Vertx vertx, int port) {
    this.server = vertx.createHttpServer().requestHandler(this::handle);
    join(server.listen(port, "127.0.0.1"));
  }

  public int port() {
    return server.actualPort();
  }

  public DoubleMaster epoch(long epoch) {
    this.epoch = epoch;
    return this;
  }

  public DoubleMaster pingTimeout(Duration timeout) {
    this.pingTimeout = timeout;
    return this;
  }

  /** Answers record batches with this status instead of 200. */
  public DoubleMaster answerRecordsWith(int status) {
    this.recordStatus = status;
    return this;
  }

  /** Answers subscriptions with this instead of a stream. */
  public DoubleMaster refuse(Consumer<HttpServerRequest> refusal) {
    this.refusal = Optional.of(refusal);
    return this;
  }

  /** Called with each record as it comes, on an event loop. */
  public DoubleMaster onRecord(Consumer<FromAgent.Record> consumer) {
    this.onRecord = consumer;
    return this;
  }

  /** Waits for the next subscription, which has been accepted. */
  public Subscribe awaitSubscription() throws InterruptedException {
    return take(subscriptions, "subscription");
  }

  /** Waits for the next record. */
  public FromAgent.Record awaitRecord() throws InterruptedException {
    return take(records, "record");
  }

  /** Waits for the next batch. */
  public FromAgent awaitBatch() throws InterruptedException {
    return take(batches, "batch");
  }

  /** Whether any record has come that nobody waited for. */
  public boolean hasRecords() {
    return !records.isEmpty();
  }

  /** Sends one record down the session. */
  public synchronized void send(Consumer<ToAgent.Builder> body) {
    var record = ToAgent.newBuilder().setEpoch(epoch).setSession(session).setSequence(++sequence);
    body.accept(record);
    write(record.build());
  }

  /** Sends a record as it is. */
  public synchronized void write(ToAgent record) {
    var bytes = record.toByteArray();
    var framed =
        Buffer.buffer((bytes.length + "\n").getBytes(StandardCharsets.US_ASCII)).appendBytes(bytes);
    var _ = stream.write(framed);
  }

  /** Ends the stream, as a master that goes does. */
  public void hangUp() {
    var _ = stream.end();
  }

  @Override
  public void close() {
    join(server.close());
  }

  private void handle(HttpServerRequest request) {
    request.body().onSuccess(body -> dispatch(request, body));
  }

  private void dispatch(HttpServerRequest request, Buffer body) {
    try {
      if (request.path().endsWith("/subscribe")) {
        subscribe(request, Subscribe.parseFrom(body.getBytes()));
      } else {
        take(request, FromAgent.parseFrom(body.getBytes()));
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private synchronized void subscribe(HttpServerRequest request, Subscribe subscribe) {
    if (refusal.isPresent()) {
      refusal.get().accept(request);
      return;
    }
    session = subscribe.getSession();
    sequence = 0;
    stream = request.response().setChunked(true);
    var id =
        subscribe.getAgentInfo().hasId()
            ? subscribe.getAgentInfo().getId()
            : AgentID.newBuilder().setValue("master-S0").build();
    var master =
        MasterInfo.newBuilder().setId("m").setIp(0).setPort(port()).setPid("master@double");
    send(
        record ->
            record.setRegistered(
                ToAgent.Registered.newBuilder()
                    .setAgentId(id)
                    .setMasterInfo(master)
                    .setPingTimeoutMs(pingTimeout.toMillis())));
    subscriptions.add(subscribe);
  }

  private void take(HttpServerRequest request, FromAgent batch) {
    var status = recordStatus;
    batches.add(batch);
    if (status == 200) {
      for (var record : batch.getRecordsList()) {
        records.add(record);
        onRecord.accept(record);
      }
    }
    var through = batch.getRecords(batch.getRecordsCount() - 1).getSequence();
    var _ =
        request
            .response()
            .setStatusCode(status)
            .end(Buffer.buffer(Accepted.newBuilder().setThrough(through).build().toByteArray()));
  }

  private static <T> T take(BlockingQueue<T> queue, String what) throws InterruptedException {
    var next = queue.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    if (next == null) {
      throw new AssertionError("no " + what + " came within " + LIMIT);
    }
    return next;
  }

  private static void join(Future<?> future) {
    future.toCompletionStage().toCompletableFuture().join();
  }
}
