package io.proffer.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.proffer.api.flags.Flags;
import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.OneServer;
import io.proffer.kernel.Write;
import io.proffer.master.election.Election;
import io.proffer.master.election.Standing;
import io.proffer.master.registry.zookeeper.RegistryLimits;
import io.proffer.master.registry.zookeeper.Writer;
import io.proffer.master.registry.zookeeper.ZooKeeperJournal;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What a standby finds in the registry, and tells. */
@Timeout(60)
class ForesightTest {
  private static final String PATH = "/masters";

  private final Logger log = (Logger) LoggerFactory.getLogger("io.proffer.master");
  private final Level level = log.getLevel();
  private final Queue<ILoggingEvent> said = new ConcurrentLinkedQueue<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          said.add(event);
        }
      };

  private final OneServer server = OneServer.start();
  private final CuratorNodes nodes = CuratorNodes.open(server.url(PATH), Duration.ofSeconds(4));
  private final Vertx vertx = Vertx.vertx();

  @BeforeEach
  void listen() {
    appender.start();
    log.setLevel(Level.DEBUG);
    log.addAppender(appender);
  }

  @AfterEach
  void stop() {
    log.detachAppender(appender);
    log.setLevel(level);
    vertx.close().await();
    nodes.close();
    server.close();
  }

  private void write(Write record) throws Exception {
    var limits = new RegistryLimits(768 * 1024, Duration.ofSeconds(20));
    var writer = new Writer("leader", () -> true);
    try (var journal = ZooKeeperJournal.open(nodes, PATH, writer, "", limits)) {
      journal.append(List.of(record)).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  private long said(Level at) {
    return said.stream().filter(it -> it.getLevel() == at).count();
  }

  @Test
  void aDamagedRecordIsToldOnceThoughItIsFoundAgain() throws Exception {
    write(Write.put("weights/web", new byte[] {1}));
    var config = Flags.fill(new MasterConfig(), Map.of("zk", server.url(PATH).toString()));
    var following = new Standing.Following("127.0.0.1:1");
    Election election = () -> following;
    var unfit = new CompletableFuture<RuntimeException>();
    var foresight =
        new Foresight(
            config,
            nodes,
            vertx,
            election,
            () -> CompletableFuture.completedFuture(null),
            unfit::complete);
    foresight.accept(following);
    foresight.accept(following);
    Awaitility.await("both looks").atMost(40, TimeUnit.SECONDS).until(() -> said(Level.DEBUG) == 2);
    assertEquals(1, said(Level.WARN), said::toString);
    var told = said.stream().filter(it -> it.getLevel() == Level.WARN).findFirst().orElseThrow();
    var text = told.getFormattedMessage();
    assertTrue(text.contains("record weights/web is damaged"), text);
    assertTrue(text.contains("restore"), text);
    assertEquals(false, unfit.isDone());
  }
}
