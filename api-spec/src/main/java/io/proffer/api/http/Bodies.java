package io.proffer.api.http;

import io.proffer.api.endpoint.Endpoint;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Reads request bodies within the limits: whole, unpacked, or refused with a sentence. */
final class Bodies {
  private final HttpLimits limits;
  private final BadRequests badRequests;
  private final AtomicLong held = new AtomicLong();

  Bodies(HttpLimits limits, BadRequests badRequests) {
    this.limits = limits;
    this.badRequests = badRequests;
  }

  /** What became of a body. */
  sealed interface Result {
    /** The body as it came; {@code release} gives its share of the buffer back. */
    record Whole(Buffer bytes, boolean unpacked, Runnable release) implements Result {}

    record Refused(Answer answer) implements Result {}
  }

  /** Reads on the event loop of the request; {@code then} is called at most once. */
  void read(Endpoint endpoint, HttpServerRequest request, Consumer<Result> then) {
    var announced = contentLength(request);
    var max = max(endpoint);
    if (announced > max) {
      then.accept(new Result.Refused(tooLarge(endpoint, announced + " bytes")));
      return;
    }
    var collector = new Collector(endpoint, max, then);
    request.handler(collector::add);
    request.endHandler(ignored -> collector.end());
    request.exceptionHandler(collector::fail);
  }

  /** Unpacks a gzip body, which may not grow over the limit either. */
  Result unpack(Endpoint endpoint, Buffer packed, Runnable release) {
    var limit = Math.toIntExact(Math.min(max(endpoint), Integer.MAX_VALUE - 16));
    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed.getBytes()))) {
      var bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        release.run();
        return new Result.Refused(tooLarge(endpoint, "more than that when unpacked"));
      }
      return new Result.Whole(Buffer.buffer(bytes), true, release);
    } catch (IOException e) {
      release.run();
      return new Result.Refused(Answer.text(500, "failed to decode body"));
    }
  }

  private long max(Endpoint endpoint) {
    return endpoint.internal() ? limits.maxInternalBytes() : limits.maxRequestBytes();
  }

  private Answer tooLarge(Endpoint endpoint, String came) {
    return Answer.text(
            413,
            "Expecting a request body of at most "
                + max(endpoint)
                + " bytes ("
                + (endpoint.internal() ? "--max_agent_request_size" : "--max_request_size")
                + "), but received "
                + came
                + "; send it in smaller parts or raise the limit")
        .thenClose();
  }

  private static long contentLength(HttpServerRequest request) {
    var header = request.getHeader("Content-Length");
    try {
      return header == null ? 0 : Long.parseLong(header.strip());
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private final class Collector {
    private final Endpoint endpoint;
    private final long max;
    private final Consumer<Result> then;
    private Buffer body = Buffer.buffer();
    private boolean over;

    Collector(Endpoint endpoint, long max, Consumer<Result> then) {
      this.endpoint = endpoint;
      this.max = max;
      this.then = then;
    }

    void add(Buffer part) {
      if (over) {
        return;
      }
      var total = held.addAndGet(part.length());
      body.appendBuffer(part);
      if (body.length() > max) {
        give();
        then.accept(new Result.Refused(tooLarge(endpoint, "more")));
      } else if (total > limits.requestBufferBytes()) {
        give();
        then.accept(
            new Result.Refused(
                Answer.unavailable("Too many large requests at once: send it again later", 1)
                    .thenClose()));
      }
    }

    void end() {
      if (over) {
        return;
      }
      over = true;
      var share = body.length();
      then.accept(new Result.Whole(body, false, () -> held.addAndGet(-share)));
    }

    /** The client left, or what it sends makes no sense any more. */
    void fail(Throwable cause) {
      var answers =
          !over && !(cause instanceof IOException || cause instanceof HttpClosedException);
      give();
      if (answers) {
        then.accept(new Result.Refused(badRequests.body(cause)));
      }
    }

    void give() {
      if (!over) {
        over = true;
        held.addAndGet(-body.length());
        body = Buffer.buffer();
      }
    }
  }
}
