package io.proffer.api.http;

import io.proffer.api.tls.TlsWords;
import io.vertx.core.Context;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on its way to who can answer it. Of the event loop of the request. */
final class Forwarding {
  private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);

  private static final int RETRY_AFTER_SECONDS = 1;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private final HttpServerRequest in;
  private final String authority;
  private final BadRequests badRequests;
  private final Context context;
  private final Consumer<Forwarding> whenOver;
  private Optional<HttpClientRequest> begun = Optional.empty();
  private boolean whole;
  private boolean over;

  /**
   * @param authority of who is asked, {@code HOST:PORT}
   * @param badRequests says what is wrong with a body
   * @param context of the request
   * @param whenOver told when nothing is under way any more
   */
  Forwarding(
      HttpServerRequest in,
      String authority,
      BadRequests badRequests,
      Context context,
      Consumer<Forwarding> whenOver) {
    this.in = in;
    this.authority = authority;
    this.badRequests = badRequests;
    this.context = context;
    this.whenOver = whenOver;
  }

  String authority() {
    return authority;
  }

  /** There is a connection. */
  void begin(HttpClientRequest out) {
    if (over || in.response().closed()) {
      out.reset();
      end();
      return;
    }
    begun = Optional.of(out);
    in.response().closeHandler(gone -> breakOff());
    in.response().exceptionHandler(this::broke);
    in.exceptionHandler(this::broke);
    out.exceptionHandler(this::failed);
    out.response().onSuccess(this::answer).onFailure(this::failed);
    if ("100-continue".equalsIgnoreCase(in.getHeader("Expect"))) {
      in.response().writeContinue();
    }
    if (hasBody()) {
      if (in.getHeader("Content-Length") == null) {
        out.setChunked(true);
      }
      pass(out);
    } else {
      in.resume();
      whole = true;
      out.end();
    }
  }

  /**
   * As fast as the leader takes it. Not by a pipe of Vert.x: that ends the request also when the
   * body broke off, and the leader would take half of it for all. Over HTTP/2 the request hears of
   * that before its answer does, so nothing else would be in time.
   */
  private void pass(HttpClientRequest out) {
    in.handler(
        part -> {
          if (over) {
            return;
          }
          var _ = out.write(part).onFailure(this::failed);
          if (out.writeQueueFull()) {
            in.pause();
            out.drainHandler(drained -> in.resume());
          }
        });
    in.endHandler(
        end -> {
          if (!over) {
            whole = true;
            var _ = out.end().onFailure(this::failed);
          }
        });
    in.resume();
  }

  /** The client has gone, or its body stopped to make sense, or stopped. */
  private void broke(Throwable cause) {
    var gone =
        cause instanceof IOException
            || cause instanceof HttpClosedException
            || cause instanceof StreamResetException;
    if (over || whole || gone || in.response().headWritten()) {
      breakOff();
      return;
    }
    reset();
    answer(badRequests.body(cause));
  }

  private boolean hasBody() {
    var length = in.getHeader("Content-Length");
    return length == null
        ? in.getHeader("Transfer-Encoding") != null
            || (in.version() == HttpVersion.HTTP_2 && !in.isEnded())
        : !length.equals("0");
  }

  private void answer(HttpClientResponse answer) {
    var response = in.response();
    response.setStatusCode(answer.statusCode()).setStatusMessage(answer.statusMessage());
    for (var header : answer.headers()) {
      if (!Forwarder.isOfTheConnection(header)) {
        response.headers().add(header.getKey(), header.getValue());
      }
    }
    if (answer.getHeader("Content-Length") == null && mayHaveBody(answer.statusCode())) {
      response.setChunked(true);
      if (!Wire.isShared(in)) {
        // To a client of HTTP/1.0 as well, as far as Vert.x is concerned: see AnswerVersion.
        response.putHeader("Transfer-Encoding", "chunked");
      }
    }
    answer
        .pipe()
        .endOnFailure(false)
        .to(response)
        .onSuccess(done -> answered())
        .onFailure(this::failed);
  }

  /** The answer has left. Where it came before the whole body, nobody wants the rest. */
  private void answered() {
    if (whole) {
      end();
    } else {
      reset();
      in.resume();
    }
  }

  private boolean mayHaveBody(int status) {
    return status != NO_CONTENT && status != NOT_MODIFIED && !in.method().equals(HttpMethod.HEAD);
  }

  /** There is no connection. */
  void unreachable(Throwable cause) {
    if (over) {
      return;
    }
    end();
    refuse(
        "The leading master at %s cannot be reached from this one (%s)"
            .formatted(authority, TlsWords.ofServer(cause).orElse(cause.getMessage())));
  }

  /** From any thread. */
  void leaderIsGone() {
    context.runOnContext(
        ignored -> failed(new IOException("the master at " + authority + " leads no longer")));
  }

  /** The other side broke off, before it answered or in the middle of it. */
  private void failed(Throwable cause) {
    if (over) {
      return;
    }
    reset();
    if (in.response().headWritten()) {
      Wire.breakOff(in);
    } else {
      LOG.debug("A request could not be forwarded", cause);
      var why =
          "The leading master broke off before it answered (%s)".formatted(cause.getMessage());
      if (whole) {
        answer(Outcome.unknown(in.method().name(), why, RETRY_AFTER_SECONDS));
      } else {
        refuse(why);
      }
    }
  }

  private void refuse(String why) {
    answer(Answer.unavailable(why, RETRY_AFTER_SECONDS));
  }

  private void answer(Answer own) {
    if (!in.isEnded()) {
      in.resume();
    }
    Answers.send(in, own);
  }

  /** Who asked has gone. */
  private void breakOff() {
    if (!over) {
      reset();
    }
  }

  /**
   * Takes the request back. Of one that is not whole the connection goes too: Vert.x would keep it
   * where the answer has come already, and the leader would take whatever is sent there next, of
   * anybody, for the rest of the body.
   */
  private void reset() {
    end();
    begun.ifPresent(
        out -> {
          if (whole) {
            out.reset();
          } else {
            out.connection().close();
          }
        });
  }

  private void end() {
    over = true;
    whenOver.accept(this);
  }
}
