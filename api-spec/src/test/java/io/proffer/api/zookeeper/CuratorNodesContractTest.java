package io.proffer.api.zookeeper;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class CuratorNodesContractTest extends NodesContract {
  /** As long as the server allows: a busy machine must not end one. */
  private static final Duration SESSION = Duration.ofMillis(20L * OneServer.TICK_MS);

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long LOOK_NANOS = 5_000_000;

  private final List<Nodes> clients = new ArrayList<>();
  private OneServer server;

  @BeforeEach
  void start() {
    server = OneServer.start();
  }

  @AfterEach
  void stop() {
    clients.forEach(Nodes::close);
    server.close();
  }

  @Override
  protected Nodes client() {
    var client = CuratorNodes.open(server.url("/contract"), SESSION);
    clients.add(client);
    until(() -> client.session() != 0);
    return client;
  }

  @Override
  protected <T> T outcome(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  @Override
  protected void until(BooleanSupplier condition) {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it did not come to be within " + PATIENCE);
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  @Override
  protected void expire(long session) {
    server.expire(session);
  }

  @Override
  protected void down() {
    server.down();
  }

  @Override
  protected void up() {
    server.up();
  }
}
