package io.proffer.api.http;

import io.proffer.api.tls.TlsStore;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Carries requests to another process of the cluster and its answers back, as they come: streams
 * too, each side as fast as the other takes it, nothing kept.
 *
 * <p>When either side breaks off, so does the other: who reads a stream must not take half of it
 * for all.
 */
public final class Forwarder implements AutoCloseable {
  /**
   * Who may be asked, and what is known of the way there. Whenever another may be asked it is a new
   * one: what is heard late of the one before says nothing of the next.
   */
  private static final class Way {
    private final Predicate<String> mayAnswer;

    /** Who could not be reached when this was last tried. */
    private volatile Optional<String> unreached = Optional.empty();

    private Way(Predicate<String> mayAnswer) {
      this.mayAnswer = mayAnswer;
    }

    private boolean isWithout(String authority) {
      return unreached.equals(Optional.of(authority));
    }

    private void reached(String authority) {
      unreached = unreached.filter(it -> !it.equals(authority));
    }
  }

  /** Says that a request was forwarded already: once is enough, or two could play ping-pong. */
  static final String FORWARDED = "X-Proffer-Forwarded";

  private static final String PEERS = "X-Forwarded-For";
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int WAITING = 64;

  /** How long after it could not be reached somebody is looked for again, asked for or not. */
  private static final long LOOK_AGAIN_MS = 1000;

  /** Of one connection, not of a request (RFC 9110, section 7.6.1); and what is said anew. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "expect",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings");

  private final Vertx vertx;
  private final HttpClientAgent client;
  private final BadRequests badRequests;
  private final Set<Forwarding> underWay = ConcurrentHashMap.newKeySet();

  private volatile Way way = new Way(any -> true);
  private volatile boolean closed;

  /**
   * @param connections requests and streams that may be under way at once
   * @param limits of the server whose requests are carried; the other side, too, may leave bytes
   *     unacknowledged no longer than a reader may
   * @param tls what to encrypt with; empty for plain HTTP
   */
  public Forwarder(Vertx vertx, int connections, HttpLimits limits, Optional<TlsStore> tls) {
    this.vertx = vertx;
    this.badRequests = new BadRequests(limits);
    this.client =
        ClientEncryption.client(
            vertx,
            new HttpClientOptions()
                .setConnectTimeout((int) CONNECT.toMillis())
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setTcpUserTimeout(
                    (int) Math.min(limits.stallTimeout().toMillis(), Integer.MAX_VALUE))
                .setDecompressionSupported(false),
            new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(WAITING),
            tls);
  }

  /**
   * Breaks off whatever is on its way to, or comes from, anybody but this one. Who is stopped, or
   * whose host is gone, closes no connection: those who wait for it would wait for ever. From any
   * thread.
   *
   * @param authority {@code HOST:PORT}; empty when there is nobody who can answer
   */
  public void follow(Optional<String> authority) {
    way = new Way(it -> authority.isPresent() && authority.get().equals(it));
    underWay.forEach(this::breakOffUnlessFollowed);
  }

  /** Whether the other side could be reached when this was last tried; true before. */
  public boolean reaches() {
    return way.unreached.isEmpty();
  }

  private void breakOffUnlessFollowed(Forwarding forwarding) {
    if (!way.mayAnswer.test(forwarding.authority())) {
      forwarding.leaderIsGone();
    }
  }

  /**
   * Takes a request of which nothing was read yet, and answers it.
   *
   * @param authority of who can answer it, {@code HOST:PORT}
   */
  public void carry(HttpServerRequest request, String authority) {
    if (request.getHeader(FORWARDED) != null) {
      Answers.send(request, Answer.unavailable("No leader elected", 1));
      return;
    }
    request.pause();
    var forwarding =
        new Forwarding(
            request, authority, badRequests, vertx.getOrCreateContext(), underWay::remove);
    underWay.add(forwarding);
    client
        .request(options(request, authority))
        .onSuccess(
            out -> {
              way.reached(authority);
              forwarding.begin(out);
            })
        .onFailure(
            cause -> {
              unreached(authority, cause);
              forwarding.unreachable(cause);
            });
    // The leader may be another one since it was looked up.
    breakOffUnlessFollowed(forwarding);
  }

  /** Who hears that this one is not ready sends it no requests: it has to look by itself. */
  private void unreached(String authority, Throwable cause) {
    var own = cause instanceof ConnectionPoolTooBusyException;
    var now = way;
    if (own || !now.mayAnswer.test(authority) || now.isWithout(authority)) {
      return;
    }
    now.unreached = Optional.of(authority);
    lookAgain(now, authority);
  }

  private void lookAgain(Way there, String authority) {
    vertx.setTimer(
        LOOK_AGAIN_MS,
        timer -> {
          if (!closed && way == there && there.isWithout(authority)) {
            client
                .request(to(authority).setMethod(HttpMethod.GET).setURI("/health"))
                .onSuccess(
                    out -> {
                      there.reached(authority);
                      var _ = out.reset(); // That there is a connection is all there is to know.
                    })
                .onFailure(cause -> lookAgain(there, authority));
          }
        });
  }

  private static RequestOptions to(String authority) {
    var to = HostAndPort.parseAuthority(authority, -1);
    return new RequestOptions()
        .setServer(SocketAddress.inetSocketAddress(to.port(), plain(to.host())))
        .setHost(plain(to.host()))
        .setPort(to.port());
  }

  private static RequestOptions options(HttpServerRequest request, String authority) {
    var options =
        to(authority).setMethod(HttpMethod.valueOf(request.method().name())).setURI(request.uri());
    for (var header : request.headers()) {
      if (!isOfTheConnection(header)) {
        options.addHeader(header.getKey(), header.getValue());
      }
    }
    var asked = request.authority();
    if (asked != null) {
      // The leader compares it with the page a call comes from.
      options.putHeader("Host", asked.toString());
    }
    var before = request.getHeader(PEERS);
    var peer = request.remoteAddress().hostAddress();
    options.putHeader(PEERS, before == null ? peer : before + ", " + peer);
    options.putHeader(FORWARDED, "1");
    return options;
  }

  private static String plain(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  static boolean isOfTheConnection(Map.Entry<String, String> header) {
    return OF_THE_CONNECTION.contains(header.getKey().toLowerCase(Locale.ROOT));
  }

  @Override
  public void close() {
    closed = true;
    client.close().await();
  }
}
