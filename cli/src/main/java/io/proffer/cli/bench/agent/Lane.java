package io.proffer.cli.bench.agent;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * One event loop with the connections of its agents: a connection of its own for each stream down,
 * and some that all share for what goes up. All agents cannot connect at once, so they take turns.
 */
final class Lane {
  /** Streams from one address: fewer than an address has ports. */
  static final int STREAMS_PER_ADDRESS = 10_000;

  private static final int SUBSCRIBING_AT_ONCE = 256;
  private static final int FIRST_LOOPBACK = 2;
  private static final String PROTOBUF = "application/x-protobuf";

  /** An answer, read whole. */
  record Answer(int status, Buffer body) {
    String text() {
      return body.toString();
    }
  }

  private final Vertx vertx;
  private final Context context;
  private final List<HttpClient> down = new ArrayList<>();
  private final HttpClient up;
  private final RequestOptions subscribe;
  private final RequestOptions records;
  private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
  private final SplittableRandom random = new SplittableRandom();
  private int subscribing;
  private int turn;
  private boolean reachable = true;

  /**
   * @param agents how many will use this lane
   * @param number of this lane: each has addresses of its own
   * @param upConnections how many connections the records of all agents share
   */
  Lane(Context context, Fleet.Place master, int agents, int number, int upConnections) {
    this.vertx = context.owner();
    this.context = context;
    int addresses = 1 + agents / STREAMS_PER_ADDRESS;
    for (int i = 0; i < addresses; i++) {
      var options = new HttpClientOptions().setConnectTimeout(15_000);
      if (master.isLoopback()) {
        options.setLocalAddress("127.0.0." + (FIRST_LOOPBACK + number * addresses + i));
      }
      down.add(client(options, STREAMS_PER_ADDRESS * 2));
    }
    this.up = client(new HttpClientOptions(), upConnections);
    this.subscribe = options(master, "/api/internal/agent/subscribe");
    this.records = options(master, "/api/internal/agent/records");
  }

  void soon(Runnable work) {
    context.runOnContext(ignored -> work.run());
  }

  void later(long delayMs, Runnable work) {
    vertx.setTimer(delayMs, ignored -> work.run());
  }

  void every(long periodMs, Runnable work) {
    vertx.setPeriodic(periodMs, ignored -> work.run());
  }

  long random(long bound) {
    return random.nextLong(bound);
  }

  /** Runs work that subscribes as soon as few enough others are subscribing. */
  void admit(Runnable work) {
    queue.add(work);
    next();
  }

  /**
   * The master took a connection, or did not: while it is away one agent at a time looks for it.
   */
  void met(boolean there) {
    reachable = there;
  }

  /** What was admitted has its answer. */
  void admitted() {
    subscribing--;
    soon(this::next);
  }

  private void next() {
    while (!queue.isEmpty() && subscribing < (reachable ? SUBSCRIBING_AT_ONCE : 1)) {
      subscribing++;
      queue.poll().run();
    }
  }

  Future<HttpClientResponse> subscribe(byte[] body, Consumer<HttpClientRequest> opened) {
    return down.get(turn++ % down.size())
        .request(subscribe)
        .compose(
            request -> {
              opened.accept(request);
              return request.send(Buffer.buffer(body));
            });
  }

  Future<Answer> post(byte[] body) {
    return up.request(records)
        .compose(request -> request.send(Buffer.buffer(body)))
        .compose(answer -> answer.body().map(text -> new Answer(answer.statusCode(), text)));
  }

  private HttpClient client(HttpClientOptions options, int connections) {
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(-1))
        // Requests hear of a broken connection themselves; Vert.x would log each.
        .withConnectHandler(connection -> connection.exceptionHandler(ignored -> {}))
        .build();
  }

  private static RequestOptions options(Fleet.Place master, String path) {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setHost(master.host())
        .setPort(master.port())
        .setURI(path)
        .putHeader("Content-Type", PROTOBUF)
        .putHeader("Accept", PROTOBUF);
  }
}
