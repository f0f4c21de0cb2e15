package io.proffer.api.http;

import io.netty.buffer.Unpooled;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A chunked answer as an output stream: while the reader takes one fragment the next is filled, and
 * then waits. The two take turns, so that a document of any size needs no memory but these. They
 * grow with what a reader has taken, so that a long document changes threads less often: a reader
 * that takes nothing blocks before they do.
 */
final class BlockingChunks extends OutputStream {
  private static final int FIRST_BYTES = 64 * 1024;
  private static final int LARGEST_BYTES = 512 * 1024;

  /** Of what was sent, a fragment is this part at most: more than sockets hold for a reader. */
  private static final int PART = 64;

  private final HttpServerResponse response;
  private final boolean shared;
  private final Wire wire;
  private final Context context;
  private final Duration stallTimeout;
  private byte[] fragment = new byte[FIRST_BYTES];
  private int filled;
  private long sent;

  /** On its way to the reader, and whether that took it. */
  private byte[] leaving = new byte[FIRST_BYTES];

  private CompletableFuture<Void> left = CompletableFuture.completedFuture(null);

  BlockingChunks(HttpServerRequest request, Context context, Duration stallTimeout) {
    this.response = request.response();
    this.shared = Wire.isShared(request);
    this.wire = new Wire(request);
    this.context = context;
    this.stallTimeout = stallTimeout;
  }

  void open(BigAnswer.Form form, boolean packed) throws IOException {
    await(
        onLoop(
            done -> {
              response.setChunked(true);
              if (packed) {
                response.putHeader("Content-Encoding", "gzip");
              }
              response.putHeader("Date", HttpDate.now());
              form.headers().forEach(header -> response.putHeader(header.name(), header.value()));
              if (!shared) {
                response.putHeader("Transfer-Encoding", "chunked");
              }
              response.putHeader("Content-Type", form.contentType());
              done.complete(null);
            }));
  }

  @Override
  public void write(int b) throws IOException {
    if (filled == fragment.length) {
      flushFragment();
    }
    fragment[filled++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    var at = from;
    var left = length;
    while (left > 0) {
      if (filled == fragment.length) {
        flushFragment();
      }
      var taken = Math.min(left, fragment.length - filled);
      System.arraycopy(bytes, at, fragment, filled, taken);
      filled += taken;
      at += taken;
      left -= taken;
    }
  }

  @Override
  public void close() throws IOException {
    flushFragment();
    await(left);
    await(onLoop(done -> response.end().onComplete(result -> done.complete(null))));
  }

  private void flushFragment() throws IOException {
    if (filled == 0) {
      return;
    }
    await(left);
    var full = fragment;
    var chunk = BufferInternal.buffer(Unpooled.wrappedBuffer(full, 0, filled));
    left = onLoop(done -> response.write(chunk).onComplete(result -> end(done, result)));
    sent += filled;
    fragment = grown(leaving);
    leaving = full;
    filled = 0;
  }

  private byte[] grown(byte[] empty) {
    var next = 2 * empty.length;
    return next <= LARGEST_BYTES && next <= sent / PART ? new byte[next] : empty;
  }

  private static void end(CompletableFuture<Void> done, AsyncResult<Void> result) {
    if (result.succeeded()) {
      done.complete(null);
    } else {
      done.completeExceptionally(result.cause());
    }
  }

  private CompletableFuture<Void> onLoop(Consumer<CompletableFuture<Void>> work) {
    var done = new CompletableFuture<Void>();
    context.runOnContext(
        ignored -> {
          if (response.closed()) {
            done.completeExceptionally(new BigAnswer.ReaderGone("the reader left"));
          } else {
            try {
              work.accept(done);
            } catch (RuntimeException e) {
              done.completeExceptionally(e);
            }
          }
        });
    return done;
  }

  private void await(CompletableFuture<Void> done) throws IOException {
    try {
      while (true) {
        try {
          done.get(stallTimeout.toMillis(), TimeUnit.MILLISECONDS);
          return;
        } catch (TimeoutException e) {
          if (!moved()) {
            throw e;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BigAnswer.ReaderGone("the server stops");
    } catch (ExecutionException e) {
      throw new BigAnswer.ReaderGone("the reader left: " + e.getCause().getMessage());
    } catch (TimeoutException e) {
      throw new BigAnswer.ReaderGone("the reader took nothing for " + stallTimeout);
    }
  }

  /** Whether the reader took a part of the fragment in this time. */
  private boolean moved() throws InterruptedException, ExecutionException, TimeoutException {
    var moved = new CompletableFuture<Boolean>();
    context.runOnContext(ignored -> moved.complete(wire.moved()));
    return moved.get(stallTimeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
