package io.proffer.cli.bench;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The event loops that play agents and schedulers. */
public final class Drivers implements AutoCloseable {
  private final Vertx vertx;
  private final List<Context> loops = new CopyOnWriteArrayList<>();

  public Drivers(int count) {
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(count)
                .setWorkerPoolSize(1)
                .setPreferNativeTransport(true));
    vertx
        .deployVerticle(Loop::new, new DeploymentOptions().setInstances(count))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  public List<Context> loops() {
    return List.copyOf(loops);
  }

  void after(Duration delay, Runnable work) {
    vertx.setTimer(Math.max(1, delay.toMillis()), ignored -> work.run());
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** Gives its event loop away. */
  private final class Loop extends VerticleBase {
    @Override
    public Future<?> start() {
      loops.add(context);
      return Future.succeededFuture();
    }
  }
}
