package io.proffer.master.registry.zookeeper;

import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.OneServer;
import io.proffer.kernel.Journal;
import io.proffer.kernel.JournalContract;
import io.proffer.kernel.Write;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ZooKeeperJournalContractTest extends JournalContract {
  private static final RegistryLimits LIMITS =
      new RegistryLimits(64 * 1024, Duration.ofSeconds(10));

  private static OneServer server;
  private static CuratorNodes nodes;

  private final String path = "/contract/" + UUID.randomUUID();

  @BeforeAll
  static void start() {
    server = OneServer.start();
    nodes = CuratorNodes.open(server.url("/contract"), OneServer.LONGEST);
  }

  @AfterAll
  static void stop() {
    nodes.close();
    server.close();
  }

  @Override
  protected Journal<Write> open() {
    return ZooKeeperJournal.open(
        nodes, path, new Writer(UUID.randomUUID().toString(), () -> true), "", LIMITS);
  }
}
