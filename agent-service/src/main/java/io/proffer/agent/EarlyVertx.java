package io.proffer.agent;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Vert.x, made on another thread while the agent reads what an earlier run left: each takes a good
 * part of its start.
 */
final class EarlyVertx implements AutoCloseable {
  private final CompletableFuture<Vertx> made = CompletableFuture.supplyAsync(EarlyVertx::make);
  private final Duration limit;

  /**
   * Begins.
   *
   * @param limit what it may take to close it
   */
  EarlyVertx(Duration limit) {
    this.limit = limit;
  }

  private static Vertx make() {
    return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(4));
  }

  /** Blocks until it is made. */
  Vertx get() {
    return made.join();
  }

  @Override
  public void close() {
    var closed = made.thenCompose(vertx -> vertx.close().toCompletionStage());
    Waits.await("Closing", closed, limit);
  }
}
