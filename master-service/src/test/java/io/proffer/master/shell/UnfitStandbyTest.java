package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.proffer.api.flags.WrongFlagException;
import io.proffer.api.internal.RoleWeight;
import io.proffer.api.v1.Address;
import io.proffer.api.v1.MasterInfo;
import io.proffer.api.zookeeper.Change;
import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.LeaderNodes;
import io.proffer.api.zookeeper.Node;
import io.proffer.api.zookeeper.OneServer;
import io.proffer.master.registry.zookeeper.RegistryLimits;
import io.proffer.master.registry.zookeeper.Writer;
import io.proffer.master.registry.zookeeper.ZooKeeperJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Masters that could not lead: found out while another does, not when it is gone. */
@Timeout(120)
class UnfitStandbyTest {
  private static final String PATH = "/masters";
  private static final String REGISTRY = PATH + "/proffer/registry";
  private static final String WEIGHTS =
      "{\"type\":\"UPDATE_WEIGHTS\",\"update_weights\":{\"weight_infos\":[{\"role\":\"web\",\"weight\":2.5}]}}";

  private final OneServer server = OneServer.start();
  private final List<RunningMaster> masters = new ArrayList<>();

  @AfterEach
  void stop() {
    masters.forEach(RunningMaster::close);
    server.close();
  }

  private RunningMaster start(Map<String, String> more) {
    var flags = new LinkedHashMap<String, String>();
    flags.put("zk", server.url(PATH).toString());
    flags.put("zk_session_timeout", "2secs");
    flags.put("hostname", "127.0.0.1");
    flags.putAll(more);
    var master = RunningMaster.start(flags);
    masters.add(master);
    return master;
  }

  private static void awaitReady(RunningMaster master) {
    Awaitility.await("a master that is ready")
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> master.get("/ready").statusCode() == 200);
  }

  private static String end(RunningMaster master) {
    var ended = master.assembly().stopped().toCompletableFuture();
    return assertThrows(ExecutionException.class, () -> ended.get(30, TimeUnit.SECONDS))
        .getCause()
        .getMessage();
  }

  @Test
  void aRecordOfANewerFormatEndsAStandby() throws Exception {
    var leader = start(Map.of());
    awaitReady(leader);
    assertEquals("", leader.operator(WEIGHTS));
    assertEquals(1, makeWeightsNewer());
    var standby = start(Map.of());
    awaitReady(standby);
    var why = end(standby);
    assertTrue(why.contains("format 99") && why.contains("start the newer version"), why);
    assertEquals(200, leader.get("/ready").statusCode());
  }

  /** How many there were. */
  private int makeWeightsNewer() throws InvalidProtocolBufferException {
    var found = 0;
    try (var nodes = CuratorNodes.open(server.url(PATH), OneServer.LONGEST)) {
      for (var bucket : children(nodes, REGISTRY)) {
        for (var record : children(nodes, REGISTRY + "/" + bucket)) {
          if (record.startsWith("weights")) {
            makeNewer(nodes, REGISTRY + "/" + bucket + "/" + record);
            found++;
          }
        }
      }
    }
    return found;
  }

  private static void makeNewer(CuratorNodes nodes, String path)
      throws InvalidProtocolBufferException {
    var data = nodes.read(path).toCompletableFuture().join().orElseThrow().data();
    var newer = RoleWeight.parseFrom(data).toBuilder().setFormatVersion(99).build().toByteString();
    nodes
        .commit(List.of(new Change.Set(path, newer, Node.ANY_VERSION)))
        .toCompletableFuture()
        .join();
  }

  private static List<String> children(CuratorNodes nodes, String path) {
    return nodes.children(path).toCompletableFuture().join();
  }

  /** Where a cluster begins there is nothing yet that says whose the path is. */
  @Test
  void ofTwoClustersThatBeginOnOnePathOneEnds() throws Exception {
    try (var green = CuratorNodes.open(server.url(PATH), OneServer.LONGEST)) {
      var info =
          MasterInfo.newBuilder()
              .setId("green")
              .setIp(16777343)
              .setPort(1)
              .setAddress(Address.newBuilder().setIp("127.0.0.1").setPort(1))
              .build();
      green
          .make(PATH + "/proffer")
          .thenCompose(
              made -> green.enlist(PATH + "/" + LeaderNodes.LABEL, LeaderNodes.write(info)))
          .toCompletableFuture()
          .join();
      var blue = start(Map.of("cluster", "blue"));
      Awaitility.await("the leader, as blue sees it")
          .atMost(20, TimeUnit.SECONDS)
          .until(() -> blue.get("/redirect").statusCode() == 307);
      ZooKeeperJournal.open(
          green,
          PATH,
          new Writer("green", () -> true),
          "green",
          new RegistryLimits(768 * 1024, Duration.ofSeconds(20)));
      var why = end(blue);
      assertTrue(why.contains("is of the cluster 'green'"), why);
    }
  }

  @Test
  void thePathOfMastersOfMesosIsLeftAlone() {
    try (var mesos = CuratorNodes.open(server.url(PATH), OneServer.LONGEST)) {
      mesos.make(PATH + "/log_replicas").toCompletableFuture().join();
      var why = end(start(Map.of()));
      assertTrue(why.contains("used by masters of Apache Mesos (log_replicas is there)"), why);
      assertEquals(List.of("log_replicas"), children(mesos, PATH));
    }
  }

  @Test
  void thePathOfSomebodyElseIsLeftAlone() {
    try (var kafka = CuratorNodes.open(server.url(PATH), OneServer.LONGEST)) {
      kafka.make(PATH + "/brokers").toCompletableFuture().join();
      var why = end(start(Map.of()));
      assertTrue(why.contains("holds what is not of Proffer (brokers is there)"), why);
      assertEquals(List.of("brokers"), children(kafka, PATH));
    }
  }

  @Test
  void aClusterWhosePathIsUsedBySomebodyElseLaterGoesOn() {
    var before = start(Map.of("registry", "in_memory"));
    awaitReady(before);
    try (var kafka = CuratorNodes.open(server.url(PATH), OneServer.LONGEST)) {
      kafka.make(PATH + "/brokers").toCompletableFuture().join();
    }
    before.close();
    masters.remove(before);
    awaitReady(start(Map.of("registry", "in_memory")));
  }

  @Test
  void thePathOfZooKeeperItselfIsRefused() {
    for (var path : List.of("/zookeeper", "/zookeeper/config")) {
      var flags = Map.of("zk", server.url(path).toString());
      var told = assertThrows(WrongFlagException.class, () -> start(flags)).getMessage();
      assertTrue(told.contains("which ZooKeeper keeps for itself"), told);
    }
  }
}
