package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.LeaderNodes;
import io.proffer.api.zookeeper.OneServer;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Two masters, where the recordings were made of two: what the one that does not lead answers. */
@Timeout(180)
final class StandbyTest {
  private static final String PATH = "/mesos";

  private static OneServer zooKeeper;
  private static Cluster leader;
  private static Cluster standby;

  @BeforeAll
  static void start() {
    if (Golden.directory().isEmpty()) {
      return;
    }
    zooKeeper = OneServer.start();
    leader = master();
    Awaitility.await("the first leads")
        .atMost(Duration.ofSeconds(30))
        .until(() -> answers(leader, "/state"));
    standby = master();
    Awaitility.await("the second knows it")
        .atMost(Duration.ofSeconds(30))
        .until(() -> answers(standby, "/ready"));
  }

  private static Cluster master() {
    return Cluster.master(
        "--hostname=127.0.0.1",
        "--zk=" + zooKeeper.url(PATH),
        "--zk_session_timeout=4secs",
        "--standby=redirect");
  }

  private static boolean answers(Cluster master, String path) {
    return Json.send(HttpRequest.newBuilder(URI.create(master.masterUrl() + path))).statusCode()
        == 200;
  }

  @AfterAll
  static void stop() {
    if (Golden.directory().isEmpty()) {
      return;
    }
    standby.close();
    leader.close();
    zooKeeper.close();
  }

  @TestFactory
  Stream<DynamicTest> exchanges() {
    return Golden.directory().isEmpty()
        ? Stream.empty()
        : new Replay(standby.masterPort(), text -> text)
            .tests(
                Golden.all("zookeeper").stream()
                    .filter(golden -> golden.id().contains("nonleader-"))
                    .toList());
  }

  /** Each has a node whose data has the same keys and values as the reference's, in their order. */
  @Test
  void nodesAreWhatToolsLookFor() throws Exception {
    if (Golden.directory().isEmpty()) {
      return;
    }
    try (var nodes = CuratorNodes.open(zooKeeper.url(PATH), Duration.ofSeconds(4))) {
      var names = nodes.children(PATH).toCompletableFuture().get(20, TimeUnit.SECONDS);
      var first = LeaderNodes.first(names).orElseThrow();
      assertEquals(2, names.stream().filter(name -> name.matches("json\\.info_\\d{10}")).count());
      assertEquals(1, names.stream().filter(name -> name.equals("proffer")).count());
      assertEquals(3, names.size(), names.toString());
      var data =
          nodes
              .read(PATH + "/" + first)
              .toCompletableFuture()
              .get(20, TimeUnit.SECONDS)
              .orElseThrow()
              .data()
              .toStringUtf8();
      assertEquals(
          "{\"address\":{\"hostname\":\"127.0.0.1\",\"ip\":\"127.0.0.1\",\"port\":PORT},"
              + "\"capabilities\":[{\"type\":\"AGENT_UPDATE\"},{\"type\":\"AGENT_DRAINING\"},"
              + "{\"type\":\"QUOTA_V2\"}],\"hostname\":\"127.0.0.1\",\"id\":\"ID\","
              + "\"ip\":16777343,\"pid\":\"master@127.0.0.1:PORT\",\"port\":PORT,"
              + "\"version\":\"1.11.0\"}",
          data.replaceAll("\"id\":\"[0-9a-f-]{36}\"", "\"id\":\"ID\"")
              .replace(Integer.toString(leader.masterPort()), "PORT"));
    }
  }
}
