package io.proffer.cli.bench.agent;

import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.api.internal.FromAgent;
import io.proffer.api.internal.Subscribe;
import io.proffer.api.internal.ToAgent;
import io.proffer.api.recordio.RecordFormatException;
import io.proffer.api.recordio.RecordParser;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.Optional;

/** One session of an agent with the master: the stream down, read, and the way up. */
final class Session {
  private static final int MAX_RECORD_BYTES = 16 * 1024 * 1024;

  private final Lane lane;
  private final String id;
  private final SimAgent agent;
  private final RecordParser parser = new RecordParser(MAX_RECORD_BYTES);
  private Optional<HttpClientRequest> request = Optional.empty();
  private Optional<Uplink> up = Optional.empty();
  private long sequence;
  private boolean over;

  Session(Lane lane, String id, SimAgent agent) {
    this.lane = lane;
    this.id = id;
    this.agent = agent;
  }

  String id() {
    return id;
  }

  void open(Subscribe subscribe) {
    lane.subscribe(
            subscribe.toByteArray(),
            open -> {
              request = Optional.of(open);
              if (over) {
                open.reset();
              }
            })
        .onSuccess(this::answered)
        .onFailure(
            cause -> {
              lane.met(false);
              end("cannot reach the master: " + cause.getMessage());
            });
  }

  /** The master has accepted it: from now on records may go up. */
  void registered(ToAgent record) {
    up =
        Optional.of(
            new Uplink(
                lane, record.getEpoch(), id, record.getRegistered().getAgentId(), this::end));
  }

  void send(FromAgent.Record.Builder record) {
    up.ifPresent(link -> link.add(record));
  }

  /** Ends it and tells the agent why; once. */
  void end(String why) {
    if (!over) {
      close();
      agent.ended(this, up.isPresent(), why);
    }
  }

  void close() {
    over = true;
    up.ifPresent(Uplink::close);
    request.ifPresent(HttpClientRequest::reset);
  }

  private void answered(HttpClientResponse answer) {
    lane.met(true);
    if (answer.statusCode() != 200) {
      answer
          .body()
          .onComplete(
              text ->
                  end(
                      "refused: "
                          + answer.statusCode()
                          + " "
                          + (text.succeeded() ? text.result().toString() : "")));
      return;
    }
    answer.exceptionHandler(cause -> ended("the stream broke off"));
    answer.endHandler(ignored -> ended("the master closed the stream"));
    answer.handler(this::read);
  }

  /** The stream is over already: there is nothing to reset, and Vert.x would tell of it again. */
  private void ended(String why) {
    request = Optional.empty();
    end(why);
  }

  private void read(Buffer chunk) {
    try {
      for (var bytes : parser.read(chunk.getBytes())) {
        if (over) {
          return;
        }
        take(ToAgent.parseFrom(bytes));
      }
    } catch (InvalidProtocolBufferException | RecordFormatException unreadable) {
      end("the master sent what cannot be read: " + unreadable.getMessage());
    }
  }

  private void take(ToAgent record) {
    if (!record.getSession().equals(id) || record.getSequence() != ++sequence) {
      end("expected record " + sequence + " of the session, but got " + record.getSequence());
    } else if (record.hasPing()) {
      send(FromAgent.Record.newBuilder().setPong(FromAgent.Pong.getDefaultInstance()));
    } else {
      agent.take(this, record);
    }
  }
}
