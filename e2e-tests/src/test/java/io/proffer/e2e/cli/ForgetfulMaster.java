package io.proffer.e2e.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.proffer.e2e.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A master that knows nothing of its first stream any more once its only task has finished, as one
 * that was started again: what is called then is refused, until there is a new stream.
 */
final class ForgetfulMaster implements AutoCloseable {
  private static final String OFFERS =
      "{'type':'OFFERS','offers':{'offers':[{'id':{'value':'o'},'framework_id':{'value':'f'},"
          + "'agent_id':{'value':'a'},'hostname':'h','resources':["
          + "{'name':'cpus','type':'SCALAR','scalar':{'value':4}},"
          + "{'name':'mem','type':'SCALAR','scalar':{'value':4096}}]}]}}";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private OutputStream stream;
  private int streams;
  private boolean finished;

  ForgetfulMaster() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/api/v1/scheduler", this::take);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The calls it took, each with its stream. */
  List<String> taken() {
    return List.copyOf(taken);
  }

  private synchronized void take(HttpExchange exchange) throws IOException {
    var call = Json.parse(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    var type = call.path("type").asText();
    var on = exchange.getRequestHeaders().getFirst("Mesos-Stream-Id");
    if (type.equals("SUBSCRIBE")) {
      taken.add(type);
      open(exchange);
    } else if (finished && "s1".equals(on)) {
      answer(exchange, 403, "Framework is not subscribed");
    } else {
      taken.add(type + " on " + on);
      answer(exchange, 202, "");
      if (type.equals("ACCEPT")) {
        finish(call);
      }
    }
  }

  private void open(HttpExchange exchange) throws IOException {
    streams++;
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Mesos-Stream-Id", "s" + streams);
    exchange.sendResponseHeaders(200, 0);
    stream = exchange.getResponseBody();
    write(
        "{'type':'SUBSCRIBED','subscribed':{'framework_id':{'value':'f'},"
            + "'heartbeat_interval_seconds':15}}");
    if (streams == 1) {
      write(OFFERS);
    }
  }

  private void finish(JsonNode accept) throws IOException {
    var task = accept.at("/accept/operations/0/launch/task_infos/0/task_id/value").asText();
    finished = true;
    write(
        "{'type':'UPDATE','update':{'status':{'task_id':{'value':'"
            + task
            + "'},'agent_id':{'value':'a'},'state':'TASK_FINISHED','uuid':'AAAA'}}}");
  }

  private void write(String event) throws IOException {
    var record = event.replace('\'', '"').getBytes(UTF_8);
    stream.write((record.length + "\n").getBytes(UTF_8));
    stream.write(record);
    stream.flush();
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
