package io.proffer.e2e.simulation;

import com.google.protobuf.ByteString;
import io.proffer.api.http.Header;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Carries requests and answers as bytes. Each request has a connection of its own: bytes of one
 * direction arrive in order or not at all, those of different connections overtake each other.
 */
final class SimNetwork {
  /**
   * A request.
   *
   * @param repeatable whether what lies between may send it twice
   */
  record Request(String path, Map<String, String> headers, ByteString body, boolean repeatable) {}

  /** Who reads an answer: a head, pieces, an end; or at any time a failure, and nothing more. */
  interface Reader {
    void head(int status, List<Header> headers);

    void piece(byte[] bytes);

    void ended();

    void failed(String why);
  }

  private final World world;
  private final SplittableRandom chance;
  private final List<String> masters;
  private final Map<String, SimProcess> hosts = new HashMap<>();
  private final Map<String, Consumer<SimExchange>> servers = new HashMap<>();
  private final Map<String, Long> readers = new HashMap<>();
  private final LinkedHashSet<String> cuts = new LinkedHashSet<>();
  private final List<SimPipe> stopped = new ArrayList<>();
  private final LinkedHashSet<SimConnection> open = new LinkedHashSet<>();
  private Weather weather = Weather.FAIR;

  /**
   * @param masters the hosts on which masters are
   */
  SimNetwork(World world, List<String> masters) {
    this.masters = masters;
    this.world = world;
    this.chance = world.chance("network");
  }

  /** The hosts on which masters are; any of them may be asked. */
  List<String> masters() {
    return masters;
  }

  World world() {
    return world;
  }

  SplittableRandom chance() {
    return chance;
  }

  Weather weather() {
    return weather;
  }

  void weather(Weather now) {
    weather = now;
  }

  /** From now on this process serves its host. */
  void listen(SimProcess process, Consumer<SimExchange> server) {
    hosts.put(process.host(), process);
    servers.put(process.host(), server);
    process.onDeath(() -> servers.remove(process.host()));
  }

  /** Sends a request; the answer gives it up. */
  Runnable send(SimProcess client, String to, Request request, Reader reader) {
    var connection = new SimConnection(this, client, to, reader);
    connection.ask(request);
    if (request.repeatable() && chance.nextDouble() < weather.repeat()) {
      new SimConnection(this, client, to, Deaf.READER).ask(request);
    }
    return connection::reset;
  }

  /** The process that serves a host, or null. */
  SimProcess server(String host) {
    return servers.containsKey(host) ? hosts.get(host) : null;
  }

  void serve(SimExchange exchange) {
    servers.get(exchange.host()).accept(exchange);
  }

  boolean isCut(String from, String to) {
    return cuts.contains(from + ">" + to);
  }

  /** Nothing gets through in this direction, and nobody is told. */
  void cut(String from, String to) {
    cuts.add(from + ">" + to);
  }

  /** What waited gets through, and everybody reads quickly. */
  void heal() {
    cuts.clear();
    readers.clear();
    var waiting = List.copyOf(stopped);
    stopped.clear();
    waiting.forEach(SimPipe::flush);
  }

  void heal(String from, String to) {
    cuts.remove(from + ">" + to);
    var waiting = stopped.stream().filter(pipe -> pipe.joins(from, to)).toList();
    stopped.removeAll(waiting);
    waiting.forEach(SimPipe::flush);
  }

  /** This host takes no more than so many bytes a second from each connection. */
  void slow(String host, int bytesPerSecond) {
    readers.put(host, 1_000_000_000L / bytesPerSecond);
  }

  /** It reads as fast as it gets. */
  void quick(String host) {
    readers.remove(host);
  }

  /** How long a host takes over one byte. */
  long nanosPerByte(String host) {
    return readers.getOrDefault(host, 0L);
  }

  /** Breaks every connection this host has opened, whatever is under way in it. */
  void sever(String host) {
    for (var connection : List.copyOf(open)) {
      if (connection.isOf(host)) {
        connection.sever();
      }
    }
  }

  void opened(SimConnection connection) {
    open.add(connection);
  }

  void over(SimConnection connection) {
    open.remove(connection);
  }

  void stopped(SimPipe pipe) {
    stopped.add(pipe);
  }

  private enum Deaf implements Reader {
    READER;

    @Override
    public void head(int status, List<Header> headers) {}

    @Override
    public void piece(byte[] bytes) {}

    @Override
    public void ended() {}

    @Override
    public void failed(String why) {}
  }
}
