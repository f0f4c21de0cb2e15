package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.LeaderNodes;
import io.proffer.api.zookeeper.OneServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several masters and a real ZooKeeper: who answers what, and what lives on. */
@Timeout(120)
class FailoverTest {
  private static final String WEIGHTS =
      "{\"type\":\"UPDATE_WEIGHTS\",\"update_weights\":{\"weight_infos\":[{\"role\":\"web\",\"weight\":2.5}]}}";

  private final OneServer server = OneServer.start();
  private final Map<String, RunningMaster> masters = new LinkedHashMap<>();

  @AfterEach
  void stop() {
    masters.values().forEach(RunningMaster::close);
    server.close();
  }

  private RunningMaster start(String name, Map<String, String> more) {
    var flags = new LinkedHashMap<String, String>();
    flags.put("zk", server.url("/masters").toString());
    flags.put("zk_session_timeout", "2secs");
    flags.put("hostname", "127.0.0.1");
    flags.putAll(more);
    var master = RunningMaster.start(flags);
    masters.put(name, master);
    return master;
  }

  private static void await(RunningMaster master, String path, int status) {
    Awaitility.await(path + " answers " + status)
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> master.get(path).statusCode() == status);
  }

  private static String metric(RunningMaster master, String name) throws Exception {
    var body = master.get("/metrics/snapshot").body();
    var from = body.indexOf('"' + name + "\":") + name.length() + 3;
    return body.substring(from, body.indexOf(',', from));
  }

  @Test
  void anyMasterAnswersAndWhatWasStoredLivesOn() throws Exception {
    var a = start("a", Map.of());
    await(a, "/ready", 200);
    await(a, "/state", 200);
    var b = start("b", Map.of());
    await(b, "/ready", 200);

    assertEquals(200, b.get("/health").statusCode());
    assertEquals("1", metric(a, "master/elected").replace(".0", ""));
    assertEquals("0", metric(b, "master/elected").replace(".0", ""));
    assertEquals(
        "//127.0.0.1:" + a.port(),
        noRedirect(b, "/redirect").headers().firstValue("Location").orElseThrow());
    // Asked of the standby, answered by the leader.
    var leader = a.operator("{\"type\":\"GET_MASTER\"}");
    assertEquals(leader, b.operator("{\"type\":\"GET_MASTER\"}"));
    assertEquals("", b.operator(WEIGHTS));
    assertEquals("[{\"role\":\"web\",\"weight\":2.5}]", b.get("/weights").body());
    assertEquals(405, b.send(b.request("/api/v1").GET()).statusCode());

    a.close();
    masters.remove("a");
    Awaitility.await("another leads")
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> metric(b, "master/elected").startsWith("1"));
    await(b, "/weights", 200);
    assertEquals("[{\"role\":\"web\",\"weight\":2.5}]", b.get("/weights").body());
    assertNotEquals(leader, b.operator("{\"type\":\"GET_MASTER\"}"));
  }

  private static HttpResponse<String> noRedirect(RunningMaster master, String path)
      throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(master.request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void aRedirectingStandbySaysWhereTheLeaderIs() throws Exception {
    var a = start("a", Map.of());
    await(a, "/state", 200);
    var b = start("b", Map.of("standby", "redirect"));
    await(b, "/ready", 200);
    var answer = b.get("/state?x=y");
    assertEquals(307, answer.statusCode());
    assertEquals("", answer.body());
    assertEquals(
        "//127.0.0.1:" + a.port() + "/master/state?x=y",
        answer.headers().firstValue("Location").orElseThrow());
  }

  @Test
  void aStreamThroughAStandbyFlowsAndEndsWithTheLeader() throws Exception {
    var a = start("a", Map.of());
    await(a, "/state", 200);
    var b = start("b", Map.of());
    await(b, "/ready", 200);
    var subscribe =
        "{\"type\":\"SUBSCRIBE\",\"subscribe\":{\"framework_info\":{\"user\":\"root\",\"name\":\"f\",\"failover_timeout\":60}}}";
    try (var client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              b.request("/api/v1/scheduler")
                  .header("Content-Type", "application/json")
                  .header("Accept", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(subscribe))
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      assertEquals(200, answer.statusCode());
      var stream = answer.headers().firstValue("Mesos-Stream-Id").orElseThrow();
      var first = record(answer.body());
      assertTrue(first.contains("\"SUBSCRIBED\""), first);
      var id = first.replaceAll(".*\"framework_id\":\\{\"value\":\"([^\"]*)\".*", "$1");

      // A call of the stream may arrive at another master than the stream itself.
      for (var master : List.of(a, b)) {
        var revived =
            client.send(
                master
                    .request("/api/v1/scheduler")
                    .header("Content-Type", "application/json")
                    .header("Mesos-Stream-Id", stream)
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "{\"type\":\"REVIVE\",\"framework_id\":{\"value\":\"" + id + "\"}}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(202, revived.statusCode(), revived.body());
      }

      var end = CompletableFuture.supplyAsync(() -> untilEnd(answer.body()));
      a.close();
      masters.remove("a");
      end.get(20, TimeUnit.SECONDS);
      await(b, "/frameworks", 200);
      assertTrue(b.get("/frameworks").body().contains(id), "the framework was forgotten");
    }
  }

  private static String record(InputStream in) throws Exception {
    var size = new StringBuilder();
    for (var c = in.read(); c != '\n'; c = in.read()) {
      size.append((char) c);
    }
    return new String(in.readNBytes(Integer.parseInt(size.toString())), StandardCharsets.UTF_8);
  }

  /** However it ends: a stream that is cut must not look whole, and need not be. */
  private static boolean untilEnd(InputStream in) {
    try {
      in.readAllBytes();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aCallThatWasBegunWhileItLedIsNotTakenByAStandby() throws Exception {
    var a = start("a", Map.of());
    await(a, "/state", 200);
    var b = start("b", Map.of());
    await(b, "/ready", 200);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), a.port())) {
      socket.setSoTimeout(20_000);
      var out = socket.getOutputStream();
      out.write(
          ("POST /api/v1 HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                  + WEIGHTS.length()
                  + "\r\n\r\n"
                  + WEIGHTS.substring(0, 5))
              .getBytes(StandardCharsets.UTF_8));
      out.flush();
      // Another request on its way through the same event loops, so that this one was let in.
      await(a, "/state", 200);
      depose();
      Awaitility.await("a follows b")
          .atMost(20, TimeUnit.SECONDS)
          .until(
              () ->
                  metric(b, "master/elected").startsWith("1")
                      && a.get("/ready").statusCode() == 200);
      out.write(WEIGHTS.substring(5).getBytes(StandardCharsets.UTF_8));
      out.flush();
      var status =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertEquals("HTTP/1.1 503 Service Unavailable", status.readLine());
    }
    await(b, "/weights", 200);
    assertEquals("[]", b.get("/weights").body());
  }

  private void depose() throws Exception {
    try (var nodes = CuratorNodes.open(server.url("/masters"), Duration.ofSeconds(10))) {
      var names = nodes.children("/masters").toCompletableFuture().get(10, TimeUnit.SECONDS);
      nodes
          .remove("/masters/" + LeaderNodes.first(names).orElseThrow())
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void eachMasterKnowsTheOthersAndWhoLeads() throws Exception {
    var a = start("a", Map.of());
    await(a, "/state", 200);
    var b = start("b", Map.of());
    var leads = "{\"leader\":\"127.0.0.1:" + a.port() + "\",";
    for (var master : List.of(a, b)) {
      Awaitility.await("both are known")
          .atMost(30, TimeUnit.SECONDS)
          .until(
              () -> {
                var text = master.get("/api/v1/masters").body();
                return text.startsWith(leads)
                    && text.split("\"healthy\":true", -1).length == 3
                    && text.split("\"role\":\"standby\"", -1).length == 2;
              });
    }
    a.close();
    masters.remove("a");
    Awaitility.await("the one that stopped is not well, and another leads")
        .atMost(30, TimeUnit.SECONDS)
        .until(
            () -> {
              var text = b.get("/api/v1/masters").body();
              return text.startsWith("{\"leader\":\"127.0.0.1:" + b.port() + "\",")
                  && text.split("\"healthy\":false", -1).length == 2;
            });
  }

  @Test
  void theMastersClusterIsBuiltAnewAfterItsSessionWasLost() throws Exception {
    var a = start("a", Map.of());
    await(a, "/state", 200);
    var b = start("b", Map.of());
    await(b, "/ready", 200);
    server.down();
    await(a, "/ready", 503);
    await(b, "/ready", 503);
    // Longer than a session, however busy this machine is: both are told that theirs is over.
    Awaitility.await("the sessions are over")
        .pollDelay(6, TimeUnit.SECONDS)
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> a.get("/ready").statusCode() == 503);
    server.up();
    for (var master : List.of(a, b)) {
      Awaitility.await("both are known again")
          .atMost(30, TimeUnit.SECONDS)
          .until(
              () -> master.get("/api/v1/masters").body().split("\"healthy\":true", -1).length == 3);
    }
  }

  @Test
  void withoutZooKeeperNobodyLeadsAndEverybodyLives() throws Exception {
    var a = start("a", Map.of());
    await(a, "/state", 200);
    server.down();
    await(a, "/ready", 503);
    assertEquals(503, a.get("/state").statusCode());
    assertEquals("No leader elected", a.get("/state").body());
    assertEquals(200, a.get("/health").statusCode());
    server.up();
    await(a, "/state", 200);
  }

  @Test
  void aClusterOfAnotherNameIsToldSo() throws Exception {
    var a = start("a", Map.of("cluster", "blue"));
    await(a, "/state", 200);
    a.close();
    masters.remove("a");
    var b = start("b", Map.of("cluster", "green"));
    var failure =
        assertThrows(
            ExecutionException.class,
            () -> b.assembly().stopped().toCompletableFuture().get(30, TimeUnit.SECONDS));
    assertTrue(failure.getMessage().contains("is of the cluster 'blue'"), failure.getMessage());
  }

  @Test
  void aStandbyThatCouldNotLeadSaysSoWhileTheLeaderLives() throws Exception {
    var a = start("a", Map.of("cluster", "blue"));
    await(a, "/state", 200);
    var b = start("b", Map.of("cluster", "green"));
    var failure =
        assertThrows(
            ExecutionException.class,
            () -> b.assembly().stopped().toCompletableFuture().get(30, TimeUnit.SECONDS));
    assertTrue(failure.getMessage().contains("is of the cluster 'blue'"), failure.getMessage());
    assertEquals(200, a.get("/state").statusCode());
  }

  @Test
  void whoMayNotContendIsNotReady() throws Exception {
    var url = server.url("/masters").toString();
    var a = start("a", Map.of("zk", url.replace("zk://", "zk://ann:secret@")));
    await(a, "/ready", 200);
    var b = start("b", Map.of());
    // It knows who leads, and would not take over.
    await(b, "/state", 200);
    assertEquals(503, b.get("/ready").statusCode());
    var c = start("c", Map.of("zk", url.replace("zk://", "zk://ann:secret@")));
    await(c, "/ready", 200);
    assertEquals(503, b.get("/ready").statusCode());
  }
}
