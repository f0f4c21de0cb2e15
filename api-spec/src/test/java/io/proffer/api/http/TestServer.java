package io.proffer.api.http;

import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.MasterEndpoints;
import io.proffer.api.tls.TlsStore;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A server of the master's route table on a free port; what is not given answers 200. */
final class TestServer implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final HttpService service;

  TestServer(HttpLimits limits, Map<Endpoint, Consumer<Exchange>> given) {
    this(limits, given, (endpoint, request) -> Optional.empty());
  }

  TestServer(Map<Endpoint, Consumer<Exchange>> given, Door door) {
    this(
        HttpLimits.defaults(),
        given,
        door,
        (endpoint, request) -> Optional.empty(),
        Precautions.none(),
        Optional.empty());
  }

  TestServer(Map<Endpoint, Consumer<Exchange>> given, Door door, Precautions precautions) {
    this(HttpLimits.defaults(), given, door, CrossOrigin::refusal, precautions, Optional.empty());
  }

  TestServer(HttpLimits limits, TlsStore tls) {
    this(
        limits,
        Map.of(),
        Door.open(),
        (endpoint, request) -> Optional.empty(),
        Precautions.none(),
        Optional.of(tls));
  }

  TestServer(HttpLimits limits, Map<Endpoint, Consumer<Exchange>> given, HttpService.Guard guard) {
    this(limits, given, Door.open(), guard, Precautions.none(), Optional.empty());
  }

  private TestServer(
      HttpLimits limits,
      Map<Endpoint, Consumer<Exchange>> given,
      Door door,
      HttpService.Guard guard,
      Precautions precautions,
      Optional<TlsStore> tls) {
    var handlers = new LinkedHashMap<Endpoint, Consumer<Exchange>>();
    for (var endpoint : MasterEndpoints.all()) {
      handlers.put(endpoint, exchange -> exchange.answer(Answer.empty(200)));
    }
    handlers.putAll(given);
    service =
        new HttpService(vertx, MasterEndpoints.table(), handlers, door, guard, limits, precautions);
    service.listen("127.0.0.1", 0, 2, tls).await();
  }

  RawClient connect() throws java.io.IOException {
    return new RawClient(service.port());
  }

  int port() {
    return service.port();
  }

  @Override
  public void close() {
    service.close();
    vertx.close().await();
  }
}
