package io.proffer.e2e.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.zookeeper.Nodes;
import io.proffer.api.zookeeper.NodesContract;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** The simulated servers keep what is relied on of real ones. */
class SimNodesTest extends NodesContract {
  private static final Duration SESSION = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final World world = new World(1, new Trace(100, false));
  private final SimZooKeeper servers = new SimZooKeeper(world);
  private int clients;

  @Override
  protected Nodes client() {
    var client = new SimNodes(new SimProcess(world, "client" + clients++), servers, SESSION);
    until(() -> client.session() != 0);
    return client;
  }

  @Override
  protected <T> T outcome(CompletionStage<T> stage) {
    until(() -> stage.toCompletableFuture().isDone());
    return stage.toCompletableFuture().join();
  }

  @Override
  protected void until(BooleanSupplier condition) {
    assertTrue(world.runUntil(condition, PATIENCE), "it did not come to be within " + PATIENCE);
  }

  @Override
  protected void expire(long session) {
    servers.expire(session);
  }

  @Override
  protected void down() {
    servers.down();
  }

  @Override
  protected void up() {
    servers.up();
  }
}
