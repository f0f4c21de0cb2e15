package io.proffer.api.http;

import io.proffer.api.endpoint.Access;
import io.proffer.api.endpoint.Endpoint;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Reads request bodies within the limits: whole, unpacked, or refused with a sentence. */
final class Bodies {
  private static final int UNPACKED_PART_BYTES = 16 * 1024;

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
    var collector = new Collector(endpoint, max, false, then);
    request.handler(collector::add);
    request.endHandler(ignored -> collector.end());
    request.exceptionHandler(collector::fail);
  }

  /**
   * Unpacks a gzip body, which may not grow over the limits either: it counts while it grows, or
   * many small ones could fill the memory.
   */
  Result unpack(Endpoint endpoint, Buffer packed, Runnable release) {
    var result = new AtomicReference<Result>();
    var collector = new Collector(endpoint, max(endpoint), true, result::set);
    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed.getBytes()))) {
      var part = new byte[UNPACKED_PART_BYTES];
      for (var n = in.read(part); n >= 0 && result.get() == null; n = in.read(part)) {
        collector.add(Buffer.buffer(n).appendBytes(part, 0, n));
      }
      collector.end();
    } catch (IOException e) {
      collector.give();
      result.set(new Result.Refused(Answer.text(500, "failed to decode body")));
    } finally {
      release.run();
    }
    return result.get();
  }

  private long max(Endpoint endpoint) {
    return endpoint.internal() || isOfExecutors(endpoint)
        ? limits.maxInternalBytes()
        : limits.maxRequestBytes();
  }

  /** One that comes back says in one piece what was not acknowledged, however much that is. */
  private static boolean isOfExecutors(Endpoint endpoint) {
    return endpoint.access() == Access.EXECUTORS;
  }

  private static String flag(Endpoint endpoint) {
    if (isOfExecutors(endpoint)) {
      return "--request_buffer_bytes";
    }
    return endpoint.internal() ? "--max_agent_request_size" : "--max_request_size";
  }

  private Answer tooLarge(Endpoint endpoint, String came) {
    return Answer.text(
            413,
            "Expecting a request body of at most "
                + max(endpoint)
                + " bytes ("
                + flag(endpoint)
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

  /** Gives so many bytes back; knows nothing of the body they were. */
  private Runnable shareOf(int bytes) {
    var all = held;
    return () -> all.addAndGet(-bytes);
  }

  private final class Collector {
    private final Endpoint endpoint;
    private final long max;
    private final boolean unpacked;
    private final Consumer<Result> then;
    private Buffer body = Buffer.buffer();
    private boolean over;

    Collector(Endpoint endpoint, long max, boolean unpacked, Consumer<Result> then) {
      this.endpoint = endpoint;
      this.max = max;
      this.unpacked = unpacked;
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
        then.accept(
            new Result.Refused(
                tooLarge(endpoint, unpacked ? "more than that when unpacked" : "more")));
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
      // What is left here lives as long as the request, which for a stream is long.
      var whole = body;
      body = Buffer.buffer();
      then.accept(new Result.Whole(whole, unpacked, shareOf(whole.length())));
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
