package io.proffer.cli.bench.framework;

import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.api.http.MediaType;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonFormatException;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.api.v1.scheduler.Event;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

/** Sends the calls of one scheduler and reads its events, in one of the two forms of messages. */
final class Caller {
  private static final String STREAM_ID = "Mesos-Stream-Id";
  private static final String PATH = "/api/v1/scheduler";

  /** An answer, read whole. */
  record Answer(int status, String text) {}

  private final Vertx vertx;
  private final Context context;
  private final HttpClient stream;
  private final HttpClient calls;
  private final MediaType type;
  private RequestOptions subscribe;
  private RequestOptions options;

  /**
   * @param connections how many connections carry the calls
   */
  Caller(Context context, String host, int port, MediaType type, int connections) {
    this.vertx = context.owner();
    this.context = context;
    this.type = type;
    this.stream = client(1);
    this.calls = client(connections);
    this.subscribe = at(host, port);
    this.options = subscribe;
  }

  /** All that follows goes to another master. */
  void turnTo(String host, int port) {
    subscribe = at(host, port);
    options = subscribe;
  }

  private RequestOptions at(String host, int port) {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setHost(host)
        .setPort(port)
        .setURI(PATH)
        .putHeader("Content-Type", type.text())
        .putHeader("Accept", type.text());
  }

  void soon(Runnable work) {
    context.runOnContext(ignored -> work.run());
  }

  void later(long delayMs, Runnable work) {
    vertx.setTimer(delayMs, ignored -> work.run());
  }

  /** Opens the stream; the calls that follow name it. */
  Future<HttpClientResponse> subscribe(Call call) {
    var asked = subscribe;
    return stream
        .request(asked)
        .compose(request -> request.send(encode(call)))
        .onSuccess(
            answer -> {
              var id = answer.getHeader(STREAM_ID);
              if (id != null && asked.equals(subscribe)) {
                options = new RequestOptions(asked).putHeader(STREAM_ID, id);
              }
            });
  }

  Future<Answer> send(Call call) {
    return calls
        .request(options)
        .compose(request -> request.send(encode(call)))
        .compose(
            answer -> answer.body().map(text -> new Answer(answer.statusCode(), text.toString())));
  }

  Event event(byte[] record) throws InvalidProtocolBufferException, JsonFormatException {
    return switch (type) {
      case JSON -> JsonCodec.decode(record, Event.getDefaultInstance());
      case PROTOBUF -> Event.parseFrom(record);
    };
  }

  private Buffer encode(Call call) {
    return Buffer.buffer(
        switch (type) {
          case JSON -> JsonCodec.encode(call);
          case PROTOBUF -> call.toByteArray();
        });
  }

  private HttpClient client(int connections) {
    return vertx.createHttpClient(
        new HttpClientOptions().setConnectTimeout(15_000),
        new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(-1));
  }
}
