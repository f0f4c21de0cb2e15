package io.proffer.master.registry.zookeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.proffer.api.zookeeper.Change;
import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.Node;
import io.proffer.api.zookeeper.Nodes;
import io.proffer.api.zookeeper.NodesException;
import io.proffer.api.zookeeper.OneServer;
import io.proffer.api.zookeeper.ZooKeeperUrl;
import io.proffer.kernel.StoreException;
import io.proffer.master.registry.UnfitException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a master finds out about the registry before it contends, over a real server. */
@Timeout(60)
class FitnessTest {
  private static final String PATH = "/cluster";
  private static final String PEN = PATH + "/proffer/registry/pen";
  private static final RegistryLimits LIMITS =
      new RegistryLimits(768 * 1024, Duration.ofSeconds(20));

  private final OneServer server = OneServer.start();
  private final CuratorNodes ann = client(Optional.of("ann:secret"));
  private final CuratorNodes stranger = client(Optional.empty());

  @AfterEach
  void stop() {
    ann.close();
    stranger.close();
    server.close();
  }

  private CuratorNodes client(Optional<String> credentials) {
    var servers = server.url(PATH).servers();
    return CuratorNodes.open(new ZooKeeperUrl(servers, PATH, credentials), OneServer.LONGEST);
  }

  private static void check(Nodes nodes, String cluster) {
    Fitness.check(nodes, PATH, cluster).toCompletableFuture().join();
  }

  private static Throwable refused(Nodes nodes, String cluster) {
    return assertThrows(CompletionException.class, () -> check(nodes, cluster)).getCause();
  }

  private void build(String cluster) {
    ZooKeeperJournal.open(ann, PATH, new Writer("writer", () -> true), cluster, LIMITS).close();
  }

  private Node pen() {
    return ann.read(PEN).toCompletableFuture().join().orElseThrow();
  }

  private void change(Change change) {
    ann.commit(List.of(change)).toCompletableFuture().join();
  }

  @Test
  void whatIsNotThereYetCanBeMade() {
    check(ann, "blue");
  }

  @Test
  void whoMayWriteIsFitAndWritesNothing() {
    build("blue");
    var before = pen();
    check(ann, "blue");
    assertEquals(before, pen());
  }

  @Test
  void whoMayNotWriteIsTold() {
    build("blue");
    var failure = assertInstanceOf(NodesException.class, refused(stranger, "blue"));
    assertEquals(NodesException.Kind.DENIED, failure.kind());
    assertTrue(failure.getMessage().contains("refuses access to " + PEN), failure.getMessage());
  }

  @Test
  void anotherClusterAndANewerFormatAreTold() {
    build("blue");
    var other = assertInstanceOf(StoreException.class, refused(ann, "green"));
    assertTrue(other.getMessage().contains("is of the cluster 'blue'"), other.getMessage());
    change(new Change.Set(PEN, ByteString.copyFromUtf8("{\"format\":99}"), Node.ANY_VERSION));
    var newer = assertInstanceOf(StoreException.class, refused(ann, "blue"));
    assertTrue(newer.getMessage().contains("start the newer version"), newer.getMessage());
  }

  /** What says so is written by the newer version, with the pen that it takes. */
  @Test
  void recordsOfANewerFormatAreTold() {
    build("blue");
    var pen = pen().data().toStringUtf8();
    assertTrue(pen.contains("\"records\":1"), pen);
    var newer = ByteString.copyFromUtf8(pen.replace("\"records\":1", "\"records\":99"));
    change(new Change.Set(PEN, newer, Node.ANY_VERSION));
    for (var told :
        List.of(refused(ann, "blue"), assertThrows(StoreException.class, () -> build("blue")))) {
      var sentence = assertInstanceOf(UnfitException.class, told).getMessage();
      assertTrue(sentence.contains("holds records of format 99"), sentence);
    }
  }

  @Test
  void aRegistryWithoutItsPenIsToldByWhoLooksAndByWhoOpens() {
    build("blue");
    change(new Change.Delete(PEN));
    var looked = assertInstanceOf(StoreException.class, refused(ann, "blue"));
    assertTrue(looked.getMessage().contains("lost its node 'pen'"), looked.getMessage());
    var opened = assertThrows(StoreException.class, () -> build("blue"));
    assertEquals(looked.getMessage(), opened.getMessage());
  }
}
