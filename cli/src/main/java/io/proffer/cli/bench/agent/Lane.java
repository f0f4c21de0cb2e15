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
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * One event loop with the connections of its agents: a connection of its own for each stream down,
 * or over HTTP/2 one for many, and some that all share for what goes up. All agents cannot connect
 * at once, so they take turns.
 */
final class Lane {
  /** Streams from one address: fewer than an address has ports. */
  static final int STREAMS_PER_ADDRESS = 10_000;

  private static final int SUBSCRIBING_AT_ONCE = 256;
  private static final int CONNECT_TIMEOUT_MS = 15_000;

  /** How long who looks for a master that is away waits before the next one looks. */
  private static final long LOOK_MS = 20;

  /** What may be under way to all agents of one connection. */
  private static final int SHARED_WINDOW_BYTES = 16 << 20;

  private static final int FIRST_LOOPBACK = 2;
  private static final String SUBSCRIBE = "/api/internal/agent/subscribe";
  private static final String RECORDS = "/api/internal/agent/records";
  private static final String PROTOBUF = "application/x-protobuf";

  /**
   * How much a lane carries.
   *
   * @param agents how many will use it
   * @param perConnection how many of their streams down share a connection
   * @param upConnections how many connections the records of all agents share
   */
  record Size(int agents, int perConnection, int upConnections) {}

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
  private RequestOptions subscribe;
  private RequestOptions records;
  private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
  private final SplittableRandom random = new SplittableRandom();
  private int subscribing;
  private int turn;
  private boolean reachable = true;
  private boolean resting;
  private boolean leaderless;

  /**
   * @param number of this lane: each has addresses of its own
   */
  Lane(Context context, Fleet.Place master, Size size, int number) {
    this.vertx = context.owner();
    this.context = context;
    if (size.perConnection() == 1) {
      ownConnections(master, size, number);
    } else {
      down.add(sharedConnections(size));
    }
    this.up =
        client(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(size.upConnections()));
    this.subscribe = options(master, SUBSCRIBE);
    this.records = options(master, RECORDS);
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

  /** Another master leads, or none: what is still to be asked is asked there, by who wants to. */
  void turnTo(Optional<Fleet.Place> master) {
    leaderless = master.isEmpty();
    master.ifPresent(
        place -> {
          subscribe = options(place, SUBSCRIBE);
          records = options(place, RECORDS);
        });
    reachable = true;
    queue.clear();
  }

  /** True while there is nobody to ask. */
  boolean isLeaderless() {
    return leaderless;
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
    if (reachable) {
      soon(this::next);
    } else if (!resting) {
      // Thousands who ask in vain one after the other would take the processor from the masters.
      resting = true;
      later(
          LOOK_MS,
          () -> {
            resting = false;
            next();
          });
    }
  }

  private void next() {
    while (!queue.isEmpty() && subscribing < most()) {
      subscribing++;
      queue.poll().run();
    }
  }

  private int most() {
    if (reachable) {
      return SUBSCRIBING_AT_ONCE;
    }
    return resting ? 0 : 1;
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

  private void ownConnections(Fleet.Place master, Size size, int number) {
    int addresses = 1 + size.agents() / STREAMS_PER_ADDRESS;
    for (int i = 0; i < addresses; i++) {
      var options = new HttpClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MS);
      if (master.isLoopback()) {
        options.setLocalAddress("127.0.0." + (FIRST_LOOPBACK + number * addresses + i));
      }
      down.add(client(options, new PoolOptions().setHttp1MaxSize(STREAMS_PER_ADDRESS * 2)));
    }
  }

  private HttpClient sharedConnections(Size size) {
    var options =
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_TIMEOUT_MS)
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false)
            .setHttp2ConnectionWindowSize(SHARED_WINDOW_BYTES)
            .setHttp2MultiplexingLimit(size.perConnection());
    int connections = (size.agents() + size.perConnection() - 1) / size.perConnection();
    return client(options, new PoolOptions().setHttp2MaxSize(connections));
  }

  private HttpClient client(HttpClientOptions options, PoolOptions pool) {
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(pool.setMaxWaitQueueSize(-1))
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
