package io.proffer.api.http;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A chunked answer as an output stream: each fragment waits until the reader took the one before.
 */
final class BlockingChunks extends OutputStream {
  private final HttpServerResponse response;
  private final boolean shared;
  private final Wire wire;
  private final Context context;
  private final Duration stallTimeout;
  private final byte[] fragment;
  private int filled;

  BlockingChunks(
      HttpServerRequest request, Context context, Duration stallTimeout, int fragmentBytes) {
    this.response = request.response();
    this.shared = Wire.isShared(request);
    this.wire = new Wire(request);
    this.context = context;
    this.stallTimeout = stallTimeout;
    this.fragment = new byte[fragmentBytes];
  }

  void open(BigAnswer.Form form, boolean packed) throws IOException {
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
        });
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
    onLoop(done -> response.end().onComplete(result -> done.complete(null)));
  }

  private void flushFragment() throws IOException {
    if (filled == 0) {
      return;
    }
    var chunk = BigAnswer.buffer(fragment, filled);
    filled = 0;
    onLoop(
        done ->
            response
                .write(chunk)
                .onComplete(
                    result -> {
                      if (result.succeeded()) {
                        done.complete(null);
                      } else {
                        done.completeExceptionally(result.cause());
                      }
                    }));
  }

  private void onLoop(java.util.function.Consumer<CompletableFuture<Void>> work)
      throws IOException {
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
    await(done);
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
