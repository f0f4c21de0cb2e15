package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.OneServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.ZooDefs;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With credentials in --zk everything below the cluster's path is the masters' own. */
@Timeout(60)
class LockedPathTest {
  private static final String SUBSCRIBED = "/sec/prod/proffer/vertx/__vertx.subs/proffer.masters";

  @Test
  void nothingOfTheClusterIsWrittenByStrangers() throws Exception {
    try (var server = OneServer.start();
        var master =
            RunningMaster.start(
                Map.of(
                    "zk",
                    server.url("/sec/prod").toString().replace("zk://", "zk://ann:secret@"),
                    "zk_session_timeout",
                    "2secs",
                    "hostname",
                    "127.0.0.1"));
        var stranger = CuratorNodes.open(server.url("/sec/prod"), Duration.ofSeconds(2))) {
      var all = new ArrayList<String>();
      var open = new ArrayList<String>();
      Awaitility.await("the master leads and is in the cluster of masters")
          .atMost(20, TimeUnit.SECONDS)
          .until(
              () ->
                  master.get("/state").statusCode() == 200
                      && stranger.children(SUBSCRIBED).toCompletableFuture().get().size() == 1);

      look(stranger.curator(), "/sec", all, open);
      assertEquals(List.of(), open);
      assertTrue(
          all.containsAll(
              List.of("/sec/prod", "/sec/prod/proffer/registry/pen", "/sec/prod/proffer/vertx")),
          all::toString);
    }
  }

  private static void look(
      CuratorFramework curator, String path, List<String> all, List<String> open) throws Exception {
    all.add(path);
    for (var entry : curator.getACL().forPath(path)) {
      if (entry.getId().equals(ZooDefs.Ids.ANYONE_ID_UNSAFE)
          && entry.getPerms() != ZooDefs.Perms.READ) {
        open.add(path);
      }
    }
    for (var child : curator.getChildren().forPath(path)) {
      look(curator, path + "/" + child, all, open);
    }
  }
}
