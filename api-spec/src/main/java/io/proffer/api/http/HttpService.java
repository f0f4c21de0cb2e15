package io.proffer.api.http;

import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.RouteTable;
import io.proffer.api.tls.TlsStore;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a route table on a port: finds the endpoint, asks at the door who comes, counts the
 * request, lets the guard speak, checks the method, reads the body, and hands the exchange to the
 * endpoint's handler, on an event loop.
 */
public final class HttpService implements AutoCloseable {
  /** May answer a request before its method and body are looked at: leadership, origin. */
  public interface Guard extends BiFunction<Endpoint, HttpServerRequest, Optional<Answer>> {
    /**
     * May keep a request for a moment before it speaks.
     *
     * @param letIn has the guard speak, and then runs what it is given; once, from any thread
     * @return true when it is kept
     */
    default boolean holds(Endpoint endpoint, Consumer<Runnable> letIn) {
      return false;
    }

    /**
     * May take a request away that it let pass, to whoever can answer it.
     *
     * @return true when it was taken, and is answered there
     */
    default boolean takes(Endpoint endpoint, HttpServerRequest request) {
      return false;
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(HttpService.class);

  /** What is asked for by a larger body is decoded, and handed on, elsewhere. */
  private static final int INLINE_BYTES = 64 * 1024;

  private final Vertx vertx;
  private final RouteTable routes;
  private final Map<Endpoint, Consumer<Exchange>> handlers;
  private final Door door;
  private final Guard guard;
  private final HttpLimits limits;
  private final Turnstile turnstile;
  private final Optional<AuditTrail> audit;
  private final Bodies bodies;
  private final MessageRoom messages;
  private final BadRequests badRequests;
  private final HandshakeLog handshakes = new HandshakeLog(System::nanoTime);

  /** Decoders have few threads: they never wait. */
  private final ExecutorService decoders =
      Executors.newFixedThreadPool(
          Runtime.getRuntime().availableProcessors(),
          Thread.ofPlatform().daemon().name("decode-", 0).factory());

  private final ExecutorService workers;
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
  private int port;

  /**
   * @param handlers one for each endpoint of the table
   */
  public HttpService(
      Vertx vertx,
      RouteTable routes,
      Map<Endpoint, Consumer<Exchange>> handlers,
      Door door,
      Guard guard,
      HttpLimits limits) {
    this(vertx, routes, handlers, door, guard, limits, Precautions.none());
  }

  /**
   * @param handlers one for each endpoint of the table
   */
  public HttpService(
      Vertx vertx,
      RouteTable routes,
      Map<Endpoint, Consumer<Exchange>> handlers,
      Door door,
      Guard guard,
      HttpLimits limits,
      Precautions precautions) {
    for (var endpoint : routes.endpoints()) {
      if (!handlers.containsKey(endpoint)) {
        throw new IllegalArgumentException("nobody handles " + endpoint.path());
      }
    }
    this.vertx = vertx;
    this.routes = routes;
    this.handlers = Map.copyOf(handlers);
    this.door = door;
    this.guard = guard;
    this.limits = limits;
    this.workers = Executors.newThreadPerTaskExecutor(Niceness.threads(limits.readerNice()));
    this.turnstile = new Turnstile(door, precautions);
    this.audit = precautions.audit();
    this.badRequests = new BadRequests(limits);
    this.bodies = new Bodies(limits, badRequests);
    this.messages = new MessageRoom(limits.callBytes());
  }

  /**
   * Listens on {@code eventLoops} event loops.
   *
   * @param port 0 for any free one
   * @param tls what to encrypt with; empty for plain HTTP
   */
  public Future<Integer> listen(String host, int port, int eventLoops, Optional<TlsStore> tls) {
    // A negative port is any free one, the same for all instances.
    var wanted = port == 0 ? -1 : port;
    var encryption = tls.map(store -> new ServerEncryption(store, limits));
    return vertx
        .deployVerticle(
            () -> {
              var options = options().setHost(host).setPort(wanted);
              encryption.ifPresent(it -> it.applyTo(options));
              return listener(options, HttpServer::listen);
            },
            new DeploymentOptions().setInstances(eventLoops))
        .map(
            ignored -> {
              encryption.ifPresent(it -> it.follow(servers));
              this.port = servers.getFirst().actualPort();
              return this.port;
            });
  }

  /**
   * Listens on a unix domain socket, on one event loop.
   *
   * @param socket a path where nothing is yet; removed when the service closes
   */
  public Future<?> listenAt(Path socket) {
    var address = SocketAddress.domainSocketAddress(socket.toString());
    return vertx.deployVerticle(listener(options(), server -> server.listen(address)));
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** Stops listening and closes every connection. */
  @Override
  public void close() {
    for (var server : servers) {
      server.close().await();
    }
    workers.shutdownNow();
    decoders.shutdownNow();
  }

  /** A verticle, so that each server has an event loop of its own. */
  private VerticleBase listener(
      HttpServerOptions options, Function<HttpServer, Future<HttpServer>> listen) {
    var server = vertx.createHttpServer(options);
    server.requestHandler(
        request -> guarded(request, () -> serve(request, vertx.getOrCreateContext())));
    server.connectionHandler(
        connection -> {
          AnswerVersion.lift(connection);
          Flushes.gather(connection);
          Intake.watch(connection, limits.requestReadTimeout());
        });
    if (options.isSsl()) {
      // Only what goes wrong before there is a request.
      server.exceptionHandler(handshakes::failed);
    }
    server.invalidRequestHandler(request -> Answers.send(request, badRequests.head(request)));
    servers.add(server);
    return new VerticleBase() {
      @Override
      public Future<?> start() {
        return listen.apply(server);
      }
    };
  }

  private HttpServerOptions options() {
    var options = new HttpServerOptions();
    if (limits.http2Streams() > 0) {
      options
          .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(limits.http2Streams()))
          // Each stream of a connection may end early, and may do so again when it came back.
          .setHttp2RstFloodMaxRstFramePerWindow(2 * limits.http2Streams());
    }
    return options
        .setHandle100ContinueAutomatically(false)
        .setHttp2ClearTextEnabled(limits.http2Streams() > 0)
        // Nothing here is a WebSocket, and the handler of its compression sees every message.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setMaxHeaderSize(limits.maxHeaderBytes())
        .setMaxInitialLineLength(limits.maxHeaderBytes())
        .setTcpKeepAlive(true)
        .setTcpUserTimeout(userTimeoutMs());
  }

  /** Where the system would end a connection of somebody who is gone; who is slow we cut before. */
  private int userTimeoutMs() {
    return (int) Math.min(2 * limits.stallTimeout().toMillis(), Integer.MAX_VALUE);
  }

  private void serve(HttpServerRequest request, Context context) {
    var path = request.path();
    var match = path == null ? Optional.<RouteTable.Match>empty() : routes.find(path);
    if (match.isEmpty()) {
      Answers.send(request, Answer.bare(404));
      return;
    }
    var endpoint = match.get().endpoint();
    var entry = audit.flatMap(trail -> trail.begin(endpoint, request));
    var stranger = new Visit(request, context, match.get(), Door.Verdict.Enter.NOBODY, entry);
    var tooSoon = turnstile.knocks(endpoint, request);
    if (tooSoon.isPresent()) {
      stranger.end(tooSoon.get());
      return;
    }
    switch (door.ask(endpoint, request)) {
      case Door.Verdict.Refuse(var answer) ->
          stranger.end(turnstile.knocked(endpoint, request).orElse(answer));
      case Door.Verdict.Enter who -> enter(new Visit(request, context, match.get(), who, entry));
    }
  }

  private void enter(Visit visit) {
    var refusal = turnstile.ask(visit.match().endpoint(), visit.request(), visit.principal());
    if (refusal.isPresent()) {
      visit.end(refusal.get());
    } else if (!Wire.isShared(visit.request())
        && guard.holds(visit.match().endpoint(), then -> letIn(visit, then))) {
      // One that is not read must not fill a connection that others share.
      visit.request().pause();
    } else {
      pass(visit);
    }
  }

  private void letIn(Visit visit, Runnable then) {
    var request = visit.request();
    visit
        .context()
        .runOnContext(
            ignored -> {
              if (!request.response().closed()) {
                guarded(
                    request,
                    () -> {
                      if (pass(visit)) {
                        request.resume(); // Now that there is somebody to read it.
                      }
                    });
              }
              then.run();
            });
  }

  /**
   * The guard speaks, and who may enter is read.
   *
   * @return false when the guard has taken it away
   */
  private boolean pass(Visit visit) {
    var request = visit.request();
    var endpoint = visit.match().endpoint();
    var refusal = guard.apply(endpoint, request);
    if (refusal.isEmpty() && guard.takes(endpoint, request)) {
      return false; // Who answers it tells the audit log.
    }
    refusal = refusal.or(() -> wrongMethod(endpoint, request));
    if (refusal.isPresent()) {
      visit.end(refusal.get());
    } else {
      bodies.read(endpoint, request, result -> guarded(request, () -> dispatch(visit, result)));
    }
    return true;
  }

  /** Whoever asks is answered, whatever happens here. */
  private static void guarded(HttpServerRequest request, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      Answers.send(request, Incidents.answer(e, request.method() + " " + request.path()));
    }
  }

  private void dispatch(Visit visit, Bodies.Result result) {
    var request = visit.request();
    switch (result) {
      case Bodies.Result.Refused refused -> visit.end(refused.answer());
      case Bodies.Result.Whole whole -> {
        if ("gzip".equalsIgnoreCase(request.getHeader("Content-Encoding")) && !whole.unpacked()) {
          decode(
              visit,
              () -> {
                var unpacked =
                    bodies.unpack(visit.match().endpoint(), whole.bytes(), whole.release());
                visit
                    .context()
                    .runOnContext(ignored -> guarded(request, () -> dispatch(visit, unpacked)));
              });
          return;
        }
        var exchange = exchange(visit, whole);
        if (whole.bytes().length() > INLINE_BYTES) {
          decode(visit, () -> handle(exchange));
        } else {
          handle(exchange);
        }
      }
    }
  }

  /** What a call waits for, and an event loop has no time for. It never blocks. */
  private void decode(Visit visit, Runnable work) {
    try {
      decoders.execute(work);
    } catch (RejectedExecutionException e) {
      LOG.debug("{} goes unanswered: the server has stopped", visit.match().path(), e);
    }
  }

  private Exchange exchange(Visit visit, Bodies.Result.Whole body) {
    return new HttpExchange(
        visit, workers, limits, body.bytes().getBytes(), body.release(), messages.share());
  }

  private void handle(Exchange exchange) {
    try {
      // Here, once: a query that cannot be decoded must not throw where answers are made.
      exchange.query("");
    } catch (IllegalArgumentException e) {
      exchange.answer(Answer.text(400, "Expecting a well-formed query string: " + e.getMessage()));
      return;
    }
    try {
      handlers.get(exchange.match().endpoint()).accept(exchange);
    } catch (RuntimeException | Error e) {
      exchange.fail(e);
    }
  }

  private static Optional<Answer> wrongMethod(Endpoint endpoint, HttpServerRequest request) {
    var method = request.method().name();
    return endpoint.methods().isEmpty() || endpoint.methods().contains(method)
        ? Optional.empty()
        : Optional.of(Answer.methodNotAllowed(endpoint.methods(), method));
  }
}
