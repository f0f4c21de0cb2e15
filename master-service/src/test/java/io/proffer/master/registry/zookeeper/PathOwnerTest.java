package io.proffer.master.registry.zookeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.google.protobuf.ByteString;
import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.LeaderNodes;
import io.proffer.api.zookeeper.OneServer;
import io.proffer.master.registry.UnfitException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Whether masters of Apache Mesos and other users of a path are seen, over a real server. */
@Timeout(60)
class PathOwnerTest {
  private static final String PATH = "/cluster";
  private static final String REPLICAS = PATH + "/log_replicas";

  private final Logger log = (Logger) LoggerFactory.getLogger("io.proffer.master");
  private final Level level = log.getLevel();
  private final Queue<String> warned = new ConcurrentLinkedQueue<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            warned.add(event.getFormattedMessage());
          }
        }
      };

  private final OneServer server = OneServer.start();
  private final CuratorNodes nodes = CuratorNodes.open(server.url(PATH), OneServer.LONGEST);
  private final PathOwner owner = new PathOwner(nodes, PATH);

  @BeforeEach
  void listen() {
    appender.start();
    log.setLevel(Level.WARN);
    log.addAppender(appender);
  }

  @AfterEach
  void stop() {
    log.detachAppender(appender);
    log.setLevel(level);
    nodes.close();
    server.close();
  }

  private void make(String path) {
    nodes.make(path).toCompletableFuture().join();
  }

  private void enlist(String path) {
    nodes.enlist(path, ByteString.EMPTY).toCompletableFuture().join();
  }

  private void contend() {
    enlist(PATH + "/" + LeaderNodes.LABEL);
  }

  private void check() {
    owner.check().toCompletableFuture().join();
  }

  private void refused(String because) {
    var failure = assertThrows(CompletionException.class, this::check).getCause();
    var sentence = assertInstanceOf(UnfitException.class, failure).getMessage();
    assertTrue(sentence.contains("(" + because + " is there)"), sentence);
  }

  @Test
  void aNewPathAndOneOfProfferAreFine() {
    check();
    contend();
    check();
    assertEquals(List.of(), nodes.children(PATH + "/proffer").toCompletableFuture().join());
  }

  @Test
  void aLeaderThatIsNotOursIsSeen() {
    make(PATH);
    contend();
    refused("json.info_0000000000");
  }

  @Test
  void aReplicatedLogIsSeenWhoeverLeads() {
    make(REPLICAS);
    refused("log_replicas");
    contend();
    make(PATH + "/proffer");
    check();
    enlist(REPLICAS + "/");
    refused("log_replicas/0000000000");
  }

  @Test
  void whatIsOfSomebodyElseKeepsAClusterFromBeginningThere() {
    make(PATH + "/consumers");
    make(PATH + "/brokers/ids");
    refused("brokers");
    assertEquals(List.of(), nodes.children(PATH + "/proffer").toCompletableFuture().join());
    nodes.remove(PATH + "/brokers/ids").toCompletableFuture().join();
    nodes.remove(PATH + "/brokers").toCompletableFuture().join();
    refused("consumers");
    nodes.remove(PATH + "/consumers").toCompletableFuture().join();
    check();
  }

  /** As {@code /apps} is to the one at {@code /apps/proffer}. */
  @Test
  void aPathAboveThatOfAnotherClusterIsNoClusterForIt() {
    make(PATH + "/kafka");
    make(PATH + "/proffer/proffer/registry");
    enlist(PATH + "/proffer/" + LeaderNodes.LABEL);
    refused("kafka");
  }

  @Test
  void aClusterThatIsThereIsWarnedOnceOfEach() {
    make(PATH + "/proffer/registry");
    check();
    assertEquals(0, warned.size());
    make(PATH + "/consumers");
    check();
    check();
    assertEquals(1, warned.size());
    assertTrue(warned.element().contains("(consumers is there)"), warned::toString);
    make(PATH + "/brokers");
    check();
    check();
    assertEquals(2, warned.size());
  }

  /** One that keeps its registry elsewhere. */
  @Test
  void aClusterWithoutARegistryThereIsWarnedToo() {
    make(PATH + "/proffer/vertx");
    make(PATH + "/consumers");
    check();
    assertEquals(1, warned.size());
  }
}
