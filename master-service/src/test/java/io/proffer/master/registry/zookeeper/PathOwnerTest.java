package io.proffer.master.registry.zookeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.LeaderNodes;
import io.proffer.api.zookeeper.OneServer;
import io.proffer.master.registry.UnfitException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whether masters of Apache Mesos are seen for what they are, over a real server. */
@Timeout(60)
class PathOwnerTest {
  private static final String PATH = "/cluster";
  private static final String REPLICAS = PATH + "/log_replicas";

  private final OneServer server = OneServer.start();
  private final CuratorNodes nodes = CuratorNodes.open(server.url(PATH), Duration.ofSeconds(4));

  @AfterEach
  void stop() {
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
    PathOwner.check(nodes, PATH).toCompletableFuture().join();
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
}
