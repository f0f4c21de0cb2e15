package io.proffer.agent.masterlink;

import io.proffer.api.http.ClientEncryption;
import io.proffer.api.tls.TlsStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Requests over HTTP. */
public final class VertxWire implements Wire {
  private static final String PROTOBUF = "application/x-protobuf";

  private final Vertx vertx;
  private final Supplier<Optional<String>> authorization;
  private final Context context;
  private final HttpClient client;

  /**
   * @param connect how long connecting may take
   * @param authorization what to show to masters; asked for each request
   * @param tls what to encrypt with; empty for plain HTTP
   */
  public VertxWire(
      Vertx vertx,
      Duration connect,
      Supplier<Optional<String>> authorization,
      Optional<TlsStore> tls) {
    this.vertx = vertx;
    this.authorization = authorization;
    this.context = vertx.getOrCreateContext();
    this.client =
        ClientEncryption.client(
            vertx,
            new HttpClientOptions()
                .setConnectTimeout(Math.clamp(connect.toMillis(), 1, Integer.MAX_VALUE))
                .setTcpNoDelay(true),
            tls);
  }

  @Override
  public void run(Runnable work) {
    context.runOnContext(ignored -> work.run());
  }

  @Override
  public Runnable after(Duration delay, Runnable work) {
    var timer = vertx.setTimer(Math.max(1, delay.toMillis()), ignored -> work.run());
    return () -> vertx.cancelTimer(timer);
  }

  @Override
  public <T> void aside(Callable<T> work, Consumer<T> done, Consumer<Throwable> failed) {
    vertx.executeBlocking(work).onSuccess(done::accept).onFailure(failed::accept);
  }

  @Override
  public void post(
      Masters.Address to,
      String path,
      byte[] body,
      Consumer<Answer> answered,
      Consumer<Throwable> failed) {
    client
        .request(options(to, path))
        .compose(request -> request.send(Buffer.buffer(body)))
        .compose(VertxWire::whole)
        .onSuccess(answered::accept)
        .onFailure(failed::accept);
  }

  @Override
  public Stream open(Masters.Address to, String path, byte[] body, Reader reader) {
    var stream = new Open(reader);
    client
        .request(options(to, path))
        .compose(request -> stream.send(request, Buffer.buffer(body)))
        .onSuccess(stream::answered)
        .onFailure(stream::failed);
    return stream;
  }

  @Override
  public void close() {
    run(client::close);
  }

  private RequestOptions options(Masters.Address to, String path) {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(to.host())
            .setPort(to.port())
            .setURI(path)
            .putHeader("Content-Type", PROTOBUF)
            .putHeader("Accept", PROTOBUF);
    authorization.get().ifPresent(shown -> options.putHeader("Authorization", shown));
    return options;
  }

  private static Future<Answer> whole(HttpClientResponse response) {
    return response.body().map(text -> new Answer(response.statusCode(), text.toString()));
  }

  /** One open request; of the event loop. */
  private static final class Open implements Stream {
    private final Reader reader;
    private Optional<HttpClientRequest> request = Optional.empty();
    private Optional<HttpClientResponse> response = Optional.empty();
    private boolean over;

    Open(Reader reader) {
      this.reader = reader;
    }

    Future<HttpClientResponse> send(HttpClientRequest open, Buffer body) {
      request = Optional.of(open);
      if (over) {
        open.reset();
        return Future.failedFuture("given up");
      }
      return open.send(body);
    }

    void answered(HttpClientResponse answer) {
      if (over) {
        return;
      }
      if (answer.statusCode() != 200) {
        var location = Optional.ofNullable(answer.getHeader("Location"));
        whole(answer)
            .onSuccess(all -> end(() -> reader.refused(all, location)))
            .onFailure(this::failed);
        return;
      }
      response = Optional.of(answer);
      answer.exceptionHandler(this::failed);
      answer.endHandler(ignored -> end(reader::ended));
      answer.handler(
          piece -> {
            if (!over) {
              reader.bytes(piece.getBytes());
            }
          });
      reader.opened();
    }

    void failed(Throwable cause) {
      end(() -> reader.failed(cause));
    }

    @Override
    public void pause() {
      response.ifPresent(HttpClientResponse::pause);
    }

    @Override
    public void resume() {
      response.ifPresent(HttpClientResponse::resume);
    }

    @Override
    public void reset() {
      over = true;
      request.ifPresent(HttpClientRequest::reset);
    }

    private void end(Runnable word) {
      if (!over) {
        over = true;
        word.run();
      }
    }
  }
}
