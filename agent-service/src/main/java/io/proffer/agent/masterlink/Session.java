package io.proffer.agent.masterlink;

import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.api.internal.Subscribe;
import io.proffer.api.internal.ToAgent;
import io.proffer.api.recordio.RecordFormatException;
import io.proffer.api.recordio.RecordParser;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * One session with one master, from the subscription to its end. Of one event loop.
 *
 * <pre>
 *   open --> asking --200--> reading --Registered--> open both ways
 *              | 307: ask another        |                  |
 *              '--------- anything wrong: end(why), once ---'
 * </pre>
 */
final class Session {
  static final String PROTOBUF = "application/x-protobuf";
  private static final String SUBSCRIBE = "/api/internal/agent/subscribe";
  private static final int MAX_REDIRECTS = 5;

  private final Vertx vertx;
  private final Context context;
  private final HttpClient client;
  private final MasterLink.Limits limits;
  private final String id;
  private final Inlet inlet;
  private final Watch watch;

  private Optional<HttpClientRequest> request = Optional.empty();
  private Optional<Uplink> uplink = Optional.empty();
  private Masters.Address master;
  private RecordParser parser;
  private long epoch;
  private long sequence;
  private boolean over;

  Session(
      Vertx vertx,
      Context context,
      HttpClient client,
      MasterLink.Limits limits,
      String id,
      Inlet inlet) {
    this.vertx = vertx;
    this.context = context;
    this.client = client;
    this.limits = limits;
    this.id = id;
    this.inlet = inlet;
    this.watch = new Watch(vertx);
  }

  String id() {
    return id;
  }

  /** Asks this master to accept the session. */
  void open(Masters.Address address, Subscribe subscribe) {
    if (over) {
      return;
    }
    watch.within(
        limits.registration(),
        () ->
            end(
                "the master at %s did not accept this agent within %d s"
                    .formatted(master, limits.registration().toSeconds())));
    ask(address, Buffer.buffer(subscribe.toByteArray()), 0);
  }

  /** Hands a record over, or closes. */
  void send(ToMaster effect) {
    switch (effect) {
      case ToMaster.Open open -> throw new IllegalArgumentException(open.session() + " is open");
      case ToMaster.Close ignored -> close();
      case ToMaster.Update update -> uplink.ifPresent(up -> up.add(Records.update(update)));
      case ToMaster.Unregister ignored -> uplink.ifPresent(up -> up.add(Records.unregister()));
    }
  }

  /** Done when the master has taken in all that waits, or the session has ended. */
  Future<Void> drained() {
    return uplink.map(Uplink::drained).orElseGet(Future::succeededFuture);
  }

  /** Ends it and tells the core why. */
  void end(String why) {
    if (!over) {
      close();
      inlet.offer(new MasterCommand.Lost(id, why));
    }
  }

  /** Ends it without a word. */
  void close() {
    over = true;
    watch.stop();
    uplink.ifPresent(Uplink::close);
    request.ifPresent(open -> open.reset());
  }

  private void ask(Masters.Address address, Buffer body, int redirects) {
    master = address;
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(address.host())
            .setPort(address.port())
            .setURI(SUBSCRIBE)
            .putHeader("Content-Type", PROTOBUF)
            .putHeader("Accept", PROTOBUF);
    client
        .request(options)
        .compose(
            open -> {
              request = Optional.of(open);
              return over
                  ? Future.<HttpClientResponse>failedFuture("closed")
                  : open.send(body).onSuccess(answer -> answered(answer, body, redirects));
            })
        .onFailure(cause -> end(unreachable(cause)));
  }

  private void answered(HttpClientResponse answer, Buffer body, int redirects) {
    if (over) {
      return;
    }
    var location = answer.getHeader("Location");
    if (answer.statusCode() == 307 && location != null && redirects < MAX_REDIRECTS) {
      try {
        ask(Redirects.target(location, master), body, redirects + 1);
      } catch (IllegalArgumentException e) {
        end(
            "the master at %s sent this agent to '%s', which is no address"
                .formatted(master, location));
      }
      return;
    }
    if (answer.statusCode() != 200) {
      answer
          .body()
          .onComplete(
              text ->
                  end(
                      "the master at %s refused this agent: %d %s"
                          .formatted(
                              master,
                              answer.statusCode(),
                              text.succeeded() ? text.result().toString() : "")));
      return;
    }
    parser = new RecordParser(limits.maxRecordBytes());
    inlet.onRoom(answer::resume);
    answer.exceptionHandler(cause -> end("the stream of the master at " + master + " broke off"));
    answer.endHandler(ignored -> end("the master at " + master + " closed the stream"));
    answer.handler(chunk -> read(answer, chunk));
  }

  private void read(HttpClientResponse answer, Buffer chunk) {
    try {
      watch.heard();
      for (var bytes : parser.read(chunk.getBytes())) {
        if (over) {
          return;
        }
        take(answer, ToAgent.parseFrom(bytes));
      }
    } catch (InvalidProtocolBufferException e) {
      end("the master at " + master + " sent a record that cannot be read: " + e.getMessage());
    } catch (RecordFormatException e) {
      end("the master at %s sent no records: %s".formatted(master, e.getMessage()));
    }
  }

  private void take(HttpClientResponse answer, ToAgent record) {
    if (!record.getSession().equals(id) || record.getSequence() != ++sequence) {
      end(
          "expected record %d of session %s, but the master at %s sent record %d of session %s"
              .formatted(sequence, id, master, record.getSequence(), record.getSession()));
      return;
    }
    if (record.hasRegistered()) {
      registered(record);
    } else if (record.getEpoch() != epoch && !record.hasShutdown()) {
      end(
          "the master at %s changed its epoch from %d to %d"
              .formatted(master, epoch, record.getEpoch()));
      return;
    }
    if (record.hasPing()) {
      uplink.ifPresent(up -> up.add(Records.pong()));
      return;
    }
    if (!Records.command(record).map(inlet::offer).orElse(true)) {
      answer.pause();
    }
  }

  private void registered(ToAgent record) {
    epoch = record.getEpoch();
    var silence = Duration.ofMillis(record.getRegistered().getPingTimeoutMs());
    watch.silence(
        silence,
        () ->
            end(
                "nothing was heard of the master at %s for %d s"
                    .formatted(master, silence.toSeconds())));
    uplink =
        Optional.of(
            new Uplink(
                vertx,
                context,
                client,
                limits,
                master,
                new Uplink.Envelope(epoch, id, record.getRegistered().getAgentId()),
                this::end));
  }

  private String unreachable(Throwable cause) {
    return "cannot reach the master at %s (%s): check that it runs there and that --master is right"
        .formatted(master, cause.getMessage());
  }
}
