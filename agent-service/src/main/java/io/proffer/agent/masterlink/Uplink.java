package io.proffer.agent.masterlink;

import io.proffer.api.internal.FromAgent;
import io.proffer.api.v1.AgentID;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.function.Consumer;

/**
 * The way up of one session: one request at a time, each with all that waits; one whose answer was
 * lost is sent again unchanged. Of one event loop.
 */
final class Uplink {
  private static final String RECORDS = "/api/internal/agent/records";
  private static final int FORMAT_VERSION = 1;
  private static final long FIRST_RETRY_MS = 100;
  private static final long LAST_RETRY_MS = 2000;

  private final Vertx vertx;
  private final Context context;
  private final HttpClient client;
  private final Masters.Address master;
  private final Envelope envelope;
  private final Consumer<String> end;
  private final int limit;
  private final Outbox outbox;
  private final Promise<Void> drained = Promise.promise();

  private boolean isUnderWay;
  private boolean isPlanned;
  private boolean isDraining;
  private boolean over;
  private long retryMs = FIRST_RETRY_MS;

  /** What every batch of a session says. */
  record Envelope(long epoch, String session, AgentID agent) {}

  /**
   * @param end told why, when the session cannot go on
   */
  Uplink(
      Vertx vertx,
      Context context,
      HttpClient client,
      MasterLink.Limits limits,
      Masters.Address master,
      Envelope envelope,
      Consumer<String> end) {
    this.vertx = vertx;
    this.context = context;
    this.client = client;
    this.master = master;
    this.envelope = envelope;
    this.end = end;
    this.limit = limits.queue();
    this.outbox = new Outbox(limits.queue(), limits.batch());
  }

  /** Adds a record. What is added in one go leaves together. */
  void add(FromAgent.Record.Builder record) {
    if (over) {
      return;
    }
    if (!outbox.add(record)) {
      end.accept(
          "the master at %s takes no records: %d wait (--master_queue)".formatted(master, limit));
      return;
    }
    if (!isPlanned && !isUnderWay) {
      isPlanned = true;
      context.runOnContext(ignored -> post());
    }
  }

  /** Done when nothing waits any more. */
  Future<Void> drained() {
    isDraining = true;
    if (over || (!isUnderWay && !isPlanned)) {
      drained.tryComplete();
    }
    return drained.future();
  }

  void close() {
    over = true;
    drained.tryComplete();
  }

  private void post() {
    isPlanned = false;
    if (over || isUnderWay) {
      return;
    }
    var batch = outbox.batch();
    if (batch.isEmpty()) {
      if (isDraining) {
        drained.tryComplete();
      }
      return;
    }
    isUnderWay = true;
    var body =
        FromAgent.newBuilder()
            .setFormatVersion(FORMAT_VERSION)
            .setEpoch(envelope.epoch())
            .setSession(envelope.session())
            .setAgentId(envelope.agent())
            .addAllRecords(batch)
            .build();
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(master.host())
            .setPort(master.port())
            .setURI(RECORDS)
            .putHeader("Content-Type", Session.PROTOBUF)
            .putHeader("Accept", Session.PROTOBUF);
    client
        .request(options)
        .compose(request -> request.send(Buffer.buffer(body.toByteArray())))
        .compose(answer -> answer.body().map(text -> new Answer(answer, text)))
        .onSuccess(this::answered)
        .onFailure(ignored -> retry());
  }

  private record Answer(HttpClientResponse response, Buffer body) {}

  private void answered(Answer answer) {
    var status = answer.response().statusCode();
    if (over) {
      return;
    }
    if (status == 200) {
      outbox.taken();
      isUnderWay = false;
      retryMs = FIRST_RETRY_MS;
      post();
    } else if (status == 409) {
      end.accept("the master at %s ended the session: %s".formatted(master, answer.body()));
    } else if (status >= 500) {
      retry();
    } else {
      end.accept(
          "the master at %s refused this agent's records: %d %s"
              .formatted(master, status, answer.body()));
    }
  }

  /** The stream down tells when the master is gone; until then the batch is sent again. */
  private void retry() {
    if (over) {
      return;
    }
    vertx.setTimer(
        retryMs,
        ignored -> {
          isUnderWay = false;
          post();
        });
    retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
  }
}
