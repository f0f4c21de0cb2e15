package io.proffer.e2e.simulation;

import io.proffer.api.endpoint.RouteTable;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.Header;
import io.proffer.api.http.MediaType;
import io.proffer.api.http.RecordStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;

/** A request that arrived at a simulated server. */
final class SimExchange implements Exchange {
  private final SimNetwork network;
  private final SimProcess server;
  private final SimConnection connection;
  private final SimNetwork.Request request;
  private boolean answered;

  SimExchange(
      SimNetwork network, SimProcess server, SimConnection connection, SimNetwork.Request request) {
    this.network = network;
    this.server = server;
    this.connection = connection;
    this.request = request;
  }

  /** The host it arrived at. */
  String host() {
    return server.host();
  }

  String path() {
    return request.path();
  }

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public RouteTable.Match match() {
    throw new UnsupportedOperationException("nobody asks for it on the simulated routes");
  }

  @Override
  public Optional<String> rawQuery() {
    return Optional.empty();
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.empty();
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.headers().get(name));
  }

  @Override
  public String peer() {
    return "simulated";
  }

  @Override
  public Optional<String> principal() {
    return Optional.empty();
  }

  @Override
  public byte[] body() {
    return request.body().toByteArray();
  }

  @Override
  public void onWorker(Runnable work) {
    server.after(network.chance().nextLong(2_000_000), work);
  }

  @Override
  public boolean answer(Answer answer) {
    if (!claim()) {
      return false;
    }
    connection.head(answer.status(), answer.headers());
    if (answer.body().length() > 0) {
      connection.piece(answer.body().getBytes(), () -> {});
    }
    connection.end();
    return true;
  }

  @Override
  public void fail(Throwable cause) {
    throw new IllegalStateException("serving " + request.path() + " failed", cause);
  }

  @Override
  public void answerJson(JsonBody json) {
    answerMessage(MediaType.JSON, json);
  }

  @Override
  public void answerJson(String tag, JsonBody json) {
    answerJson(json);
  }

  @Override
  public void answerMessage(MediaType type, JsonBody body) {
    var bytes = new ByteArrayOutputStream();
    try {
      body.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    answer(Answer.of(200, type.text(), bytes.toByteArray()));
  }

  @Override
  public void answerFile(String name, String id, FileChannel file) {
    throw new UnsupportedOperationException("there are no files");
  }

  @Override
  public RecordStream stream(String id, MediaType type, List<Header> headers) {
    return new SimStream(id, type, headers, network, server, connection, this::claim);
  }

  private boolean claim() {
    var first = !answered;
    answered = true;
    return first;
  }
}
