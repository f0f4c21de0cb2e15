package io.proffer.api.http;

import com.google.protobuf.Message;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.proffer.api.auth.ExecutorClaims;
import io.proffer.api.endpoint.RouteTable;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An exchange over HTTP. */
final class HttpExchange implements Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private static final int OK = 200;

  private final HttpServerRequest request;
  private final Context context;
  private final Executor workers;
  private final HttpLimits limits;
  private final RouteTable.Match match;
  private final Door.Verdict.Enter who;
  private final byte[] body;
  private final Optional<AuditTrail.Entry> audit;
  private final MessageRoom.Share message;
  private final Claim claim;

  HttpExchange(
      Visit visit,
      Executor workers,
      HttpLimits limits,
      byte[] body,
      Runnable release,
      MessageRoom.Share message) {
    this.request = visit.request();
    this.context = visit.context();
    this.workers = workers;
    this.limits = limits;
    this.match = visit.match();
    this.who = visit.who();
    this.body = body;
    this.audit = visit.audit();
    this.message = message;
    this.claim =
        new Claim(
            status -> visit.audit().ifPresent(entry -> entry.answered(visit.principal(), status)),
            () -> {
              release.run();
              message.release();
            });
  }

  @Override
  public String method() {
    return request.method().name();
  }

  @Override
  public RouteTable.Match match() {
    return match;
  }

  @Override
  public Optional<String> rawQuery() {
    return Optional.ofNullable(request.query());
  }

  @Override
  public Optional<String> query(String name) {
    var raw = request.query();
    if (raw == null) {
      return Optional.empty();
    }
    var values = new QueryStringDecoder(raw, false).parameters().getOrDefault(name, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeader(name));
  }

  @Override
  public String peer() {
    return Peers.name(request.remoteAddress());
  }

  @Override
  public Optional<String> principal() {
    return who.principal();
  }

  @Override
  public Optional<ExecutorClaims> executor() {
    return who.executor();
  }

  @Override
  public Optional<Answer> admit(LongSupplier weight) {
    return message.take(weight);
  }

  @Override
  public void decoded(Message call) {
    audit.ifPresent(entry -> entry.decoded(call));
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public void onWorker(Runnable work) {
    onWorkers(
        () -> {
          try {
            work.run();
          } catch (RuntimeException | Error e) {
            fail(e);
          }
        });
  }

  @Override
  public boolean answer(Answer answer) {
    if (!claim.take(answer.status())) {
      return false;
    }
    onContext(() -> Answers.send(request, answer));
    return true;
  }

  @Override
  public void fail(Throwable cause) {
    answer(Incidents.answer(cause, method() + " " + match.path()));
  }

  @Override
  public void answerJson(JsonBody json) {
    answerJson("application/json", true, Optional.empty(), json);
  }

  @Override
  public void answerJson(String tag, JsonBody json) {
    var conditional = method().equals("GET") || method().equals("HEAD");
    if (conditional
        && header("If-None-Match").filter(list -> EntityTag.isIn(tag, list)).isPresent()) {
      answer(Answer.empty(304).with("ETag", tag));
    } else {
      answerJson("application/json", true, Optional.of(tag), json);
    }
  }

  @Override
  public void answerMessage(MediaType type, JsonBody body) {
    answerJson(type.text(), false, Optional.empty(), body);
  }

  @Override
  public void answerFile(String name, String id, FileChannel file) throws IOException {
    var sending = false;
    try {
      var part = FilePart.of(range(), file.size());
      if (part instanceof FilePart.Beyond beyond) {
        answer(
            Answer.empty(416)
                .with("Content-Range", beyond.contentRange())
                .with(Header.FILE_ID, id));
      } else if (claim.take(part instanceof FilePart.Piece ? 206 : OK)) {
        sending = true;
        onContext(() -> Answers.sendFile(request, name, id, file, part));
      }
    } finally {
      if (!sending) {
        file.close();
      }
    }
  }

  /** Files have no validators here, so a range under the condition of one is never granted. */
  private Optional<String> range() {
    return method().equals("GET") && header("If-Range").isEmpty()
        ? header("Range")
        : Optional.empty();
  }

  private void answerJson(String contentType, boolean plain, Optional<String> tag, JsonBody json) {
    var callback = plain ? query("jsonp") : Optional.<String>empty();
    if (callback.isPresent() && !Jsonp.isName(callback.get())) {
      answer(Answer.text(400, "Expecting 'jsonp' to be the name of a JavaScript function"));
      return;
    }
    if (claim.take(OK)) {
      var form =
          new BigAnswer.Form(callback.isPresent() ? "text/javascript" : contentType, plain, tag);
      onWorkers(
          () -> new BigAnswer(request, context, form, callback, limits.stallTimeout()).send(json));
    }
  }

  @Override
  public RecordStream stream(String id, MediaType type, List<Header> headers) {
    // Not through this exchange: a stream lives long, and would keep the body.
    var share = claim;
    var stream =
        new HttpRecordStream(id, type, headers, request, context, limits, () -> share.take(OK));
    // Who leaves before the first record is never answered.
    stream.onClose(cause -> share.release());
    return stream;
  }

  /**
   * The right to answer, which one takes, and the shares of memory that go back then. Apart from
   * the exchange, so that a stream, which lives long, does not keep the body.
   */
  private static final class Claim {
    private final AtomicBoolean taken = new AtomicBoolean();
    private final AtomicBoolean released = new AtomicBoolean();
    private final IntConsumer taker;
    private final Runnable share;

    /**
     * @param taker hears of the status once it is taken
     */
    Claim(IntConsumer taker, Runnable share) {
      this.taker = taker;
      this.share = share;
    }

    boolean take(int status) {
      if (taken.compareAndSet(false, true)) {
        release();
        taker.accept(status);
        return true;
      }
      return false;
    }

    void release() {
      if (released.compareAndSet(false, true)) {
        share.run();
      }
    }
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
}
