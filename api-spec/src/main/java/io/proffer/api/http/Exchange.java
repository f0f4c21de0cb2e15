package io.proffer.api.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.proffer.api.endpoint.RouteTable;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request, its body read and unpacked, and the one answer it gets. May be answered on any
 * thread; a second answer is a bug and ignored, an answer to a client that left goes nowhere.
 */
public final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final HttpServerRequest request;
  private final Context context;
  private final Executor workers;
  private final HttpLimits limits;
  private final RouteTable.Match match;
  private final byte[] body;
  private final Runnable release;
  private final AtomicBoolean answered = new AtomicBoolean();

  Exchange(
      HttpServerRequest request,
      Context context,
      Executor workers,
      HttpLimits limits,
      RouteTable.Match match,
      byte[] body,
      Runnable release) {
    this.request = request;
    this.context = context;
    this.workers = workers;
    this.limits = limits;
    this.match = match;
    this.body = body;
    this.release = release;
  }

  /** The verb, in capitals. */
  public String method() {
    return request.method().name();
  }

  /** The endpoint it reached, and the path that led there. */
  public RouteTable.Match match() {
    return match;
  }

  /** The query as it came, without its question mark; empty when there is none. */
  public Optional<String> rawQuery() {
    return Optional.ofNullable(request.query());
  }

  /** The first value of a query parameter, decoded. */
  public Optional<String> query(String name) {
    var raw = request.query();
    if (raw == null) {
      return Optional.empty();
    }
    var values = new QueryStringDecoder(raw, false).parameters().getOrDefault(name, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  /** The first value of a header; names in any case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  /** The address of the peer, for logs. */
  public String peer() {
    var address = request.remoteAddress();
    return address == null ? "unknown" : address.hostAddress() + ":" + address.port();
  }

  /** The body, unpacked. The bytes are the exchange's: nobody may change them. */
  public byte[] body() {
    return body;
  }

  /** Runs work that would hold up an event loop, on a thread where it may also block. */
  public void onWorker(Runnable work) {
    onWorkers(
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            fail(e);
          }
        });
  }

  /** Sends the answer. False when another one, or a stream, came first. */
  public boolean answer(Answer answer) {
    if (!claim()) {
      return false;
    }
    onContext(() -> Answers.send(request, answer));
    return true;
  }

  /** Answers 500 with an incident id that the log has too. */
  public void fail(Throwable cause) {
    answer(Incidents.answer(cause, method() + " " + match.path()));
  }

  /**
   * Sends a JSON document of any size: written on a worker, with {@code Content-Length} when it is
   * small, in chunks as the reader takes them when it is not.
   */
  public void answerJson(JsonBody json) {
    answerJson("application/json", true, json);
  }

  /** The same for a v1 answer, whose headers have the other order and which knows no jsonp. */
  public void answerMessage(MediaType type, JsonBody body) {
    answerJson(type.text(), false, body);
  }

  /**
   * Sends a file as it is, from the disk to the socket, for the client to save; of a {@code Range}
   * only that part. Looks at the disk: for a worker to call.
   */
  public void answerFile(Path file) throws IOException {
    var part = range().isEmpty() ? new FilePart.Whole() : FilePart.of(range(), Files.size(file));
    if (part instanceof FilePart.Beyond beyond) {
      answer(Answer.empty(416).with("Content-Range", beyond.contentRange()));
    } else if (claim()) {
      onContext(() -> Answers.sendFile(request, file, part));
    }
  }

  /** Files have no validators here, so a range under the condition of one is never granted. */
  private Optional<String> range() {
    return method().equals("GET") && header("If-Range").isEmpty()
        ? header("Range")
        : Optional.empty();
  }

  private void answerJson(String contentType, boolean plain, JsonBody json) {
    var callback = plain ? query("jsonp") : Optional.<String>empty();
    if (callback.isPresent() && !callback.get().matches("[A-Za-z0-9_$.\\[\\]]{1,128}")) {
      answer(Answer.text(400, "Expecting 'jsonp' to be the name of a JavaScript function"));
      return;
    }
    if (claim()) {
      var form = new BigAnswer.Form(callback.isPresent() ? "text/javascript" : contentType, plain);
      onWorkers(
          () -> new BigAnswer(request, context, form, callback, limits.stallTimeout()).send(json));
    }
  }

  /**
   * Turns the answer into a stream of records. Nothing is sent before its first record, so the
   * request can still be refused with {@link #answer} until then.
   *
   * @param id what the stream is known by
   * @param headers those that stand between {@code Transfer-Encoding} and {@code Content-Type}
   */
  public RecordStream stream(String id, MediaType type, List<Header> headers) {
    return new RecordStream(id, type, headers, request, context, limits, this::claim);
  }

  private boolean claim() {
    if (answered.compareAndSet(false, true)) {
      release.run();
      return true;
    }
    return false;
  }

  private void onContext(Runnable work) {
    try {
      context.runOnContext(ignored -> work.run());
    } catch (RejectedExecutionException e) {
      LOG.debug("{} of {} goes unanswered: the server has stopped", match.path(), peer(), e);
    }
  }

  private void onWorkers(Runnable work) {
    try {
      workers.execute(work);
    } catch (RejectedExecutionException e) {
      LOG.debug("{} of {} goes unanswered: the server has stopped", match.path(), peer(), e);
    }
  }

  /** A JSON document as it is written. */
  @FunctionalInterface
  public interface JsonBody {
    /** Writes the whole document; called on a thread that may block. */
    void writeTo(java.io.OutputStream out) throws java.io.IOException;
  }
}
