package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.api.zookeeper.OneServer;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Two masters and an agent, as the recordings were made of: what each master answers, how they
 * stand in ZooKeeper, and what the second answers once the first is killed.
 */
@Timeout(180)
final class StandbyTest {
  private static final String FOLDER = "zookeeper";
  private static final String PATH = "/mesos";
  private static final String HOSTNAME = "--hostname=127.0.0.1";
  private static final Duration SESSION = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SUBSCRIBE = "leader-SUBSCRIBE";

  private static OneServer zooKeeper;
  private static Cluster leader;
  private static Cluster standby;
  private static String framework = "";

  @BeforeAll
  static void start() {
    if (Golden.directory().isEmpty()) {
      return;
    }
    zooKeeper = OneServer.start();
    leader = master();
    Awaitility.await("the first leads").atMost(PATIENCE).until(() -> answers(leader, "/state"));
    standby = master();
    Awaitility.await("the second knows it")
        .atMost(PATIENCE)
        .until(() -> answers(standby, "/ready"));
    leader.addAgent(Cluster.RESOURCES, HOSTNAME, "--master=" + zooKeeper.url(PATH));
    leader.awaitAgents(1);
  }

  private static Cluster master() {
    return Cluster.master(
        HOSTNAME,
        "--zk=" + zooKeeper.url(PATH),
        "--zk_session_timeout=" + SESSION.toSeconds() + "secs",
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
    if (Golden.directory().isEmpty()) {
      return Stream.empty();
    }
    var atLeader = new Replay(leader.masterPort(), text -> text);
    var atStandby = new Replay(standby.masterPort(), text -> text);
    return Stream.of(
            atStandby.tests(recorded(name -> name.startsWith("nonleader-"))),
            atLeader.tests(recorded(name -> name.startsWith("leader-") && !name.equals(SUBSCRIBE))),
            Stream.of(
                test("znodes-two-masters", StandbyTest::sameNodes),
                test(SUBSCRIBE, StandbyTest::subscribes),
                test("standby-answers-after-leader-is-killed", StandbyTest::takesOver),
                test("znodes-after-leader-killed", StandbyTest::sameNodes)),
            atStandby.tests(List.of(Golden.of(FOLDER, "new-leader-GET_AGENTS"))),
            Stream.of(test("new-leader-SUBSCRIBE-with-framework-id", StandbyTest::subscribesAgain)))
        .flatMap(tests -> tests);
  }

  private static List<Golden> recorded(Predicate<String> isWanted) {
    return Golden.all(FOLDER).stream().filter(golden -> isWanted.test(golden.name())).toList();
  }

  private interface Check {
    void of(Golden golden) throws Exception;
  }

  private static DynamicTest test(String name, Check check) {
    var golden = Golden.of(FOLDER, name);
    return DynamicTest.dynamicTest(
        golden.id(), () -> Differences.check(golden, () -> run(check, golden)));
  }

  private static void run(Check check, Golden golden) throws IOException {
    try {
      check.of(golden);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void subscribes(Golden golden) throws IOException {
    Starts.same(golden, leader.masterPort(), text -> text);
    framework = Json.get(leader.masterUrl() + "/frameworks").at("/frameworks/0/id").asText();
  }

  private static void subscribesAgain(Golden golden) throws IOException {
    var recorded = Json.parse(golden.document().at("/request/body").asText());
    var id = recorded.at("/framework_id/value").asText();
    Starts.same(golden, standby.masterPort(), text -> text.replace(id, framework));
  }

  /** The moments of a recording are its own; what is answered first and in the end is compared. */
  private static void takesOver(Golden golden) {
    leader.masterProcess().kill();
    var timeline = golden.document().get("timeline");
    assertEquals(ours(timeline.get(0).get(1)), told());
    var end = ours(timeline.get(timeline.size() - 1).get(1));
    Awaitility.await("the second leads: " + end).atMost(PATIENCE).until(() -> told().equals(end));
    standby.awaitAgents(1);
  }

  private static String ours(JsonNode recorded) {
    return recorded
        .toString()
        .replace("5061", Integer.toString(leader.masterPort()))
        .replace("5062", Integer.toString(standby.masterPort()));
  }

  /** What the second answers to GET /redirect and to a REVIVE. */
  private static String told() {
    var redirect = HttpRequest.newBuilder(URI.create(standby.masterUrl() + "/redirect"));
    var where = Json.send(redirect);
    var revive = Golden.of(FOLDER, "nonleader-POST-scheduler-REVIVE");
    var answer =
        Json.post(
            standby.masterUrl() + revive.path(), new String(revive.body(), StandardCharsets.UTF_8));
    return "[%d,\"%s\",%d,\"%s\"]"
        .formatted(
            where.statusCode(),
            where.headers().firstValue("Location").orElse(""),
            answer.statusCode(),
            answer.body());
  }

  /**
   * Names, kinds and data of all nodes, keys in their order; of what varies, that it is there. The
   * numbers count all that was ever made there, so their order is what is compared.
   */
  private static void sameNodes(Golden golden) throws Exception {
    var recorded = new TreeMap<String, String>();
    for (var node : golden.document().get("znodes").properties()) {
      if (!node.getKey().equals(PATH)) {
        var stat = node.getValue().get("stat");
        var data = node.getValue().get("data").asText();
        assertEquals(stat.get("dataLength").asInt(), data.length());
        recorded.put(
            name(node.getKey(), recorded.size()),
            words(stat.get("ephemeralOwner").asLong(), stat.get("version").asInt(), data));
      }
    }
    assertNotEquals(Map.of(), recorded);
    assertEquals(recorded, nodes());
  }

  private static Map<String, String> nodes() throws Exception {
    var found = new TreeMap<String, String>();
    var session = (int) OneServer.LONGEST.toMillis();
    var client = new ZooKeeper(zooKeeper.url(PATH).connectString(), session, event -> {});
    try {
      for (var name : client.getChildren(PATH, false).stream().sorted().toList()) {
        var stat = new Stat();
        var data = client.getData(PATH + "/" + name, false, stat);
        if (stat.getEphemeralOwner() != 0 || !Differences.isAdded("node " + name)) {
          assertEquals(0, stat.getNumChildren(), name);
          found.put(
              name(PATH + "/" + name, found.size()),
              words(
                  stat.getEphemeralOwner(),
                  stat.getVersion(),
                  new String(data, StandardCharsets.UTF_8)));
        }
      }
    } finally {
      client.close();
    }
    return found;
  }

  private static String name(String path, int place) {
    return path.replaceAll("_\\d{10}$", "_DIGITS, place " + place);
  }

  private static String words(long owner, int version, String data) {
    return "%s, written %d times after it was made: %s"
        .formatted(
            owner == 0 ? "lasting" : "of a session",
            version,
            Normal.text(data)
                .replaceAll("\"version\":\"[0-9.]+\"", "\"version\":\"VERSION\"")
                .replaceAll(":\\d{4,5}(?=[\",}])", ":PORT"));
  }
}
