package io.proffer.e2e.ha;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.cli.bench.process.FreePorts;
import io.proffer.e2e.Json;
import io.proffer.e2e.ServiceProcess;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A master that cannot have its share of ZooKeeper says in its log what is wrong and what to do,
 * leads by no means, and goes on trying: what is wrong may be mended where it does not see it.
 */
@Timeout(180)
final class HaStartTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private Ensemble ensemble;

  @BeforeEach
  void start() {
    ensemble = new Ensemble(directory, Collections.nCopies(3, Host.HERE));
  }

  @AfterEach
  void stop() {
    ensemble.close();
  }

  @Test
  void withoutAMajorityOfServersNobodyLeadsUntilThereIsOne() {
    ensemble.server(0).kill();
    ensemble.server(1).kill();
    var port = FreePorts.any();
    try (var master = master("a", port, ensemble.url("/proffer"))) {
      master.awaitHealthy(port);
      awaitLog(master, "nobody leads as far as this master knows");
      awaitLog(master, "does a majority of them run?");
      assertEquals(503, status(port, "/ready"));
      assertEquals(503, status(port, "/state"));

      ensemble.start(0);

      awaitLeads(port);
      assertEquals(200, status(port, "/ready"));
    }
  }

  @Test
  void withWrongCredentialsItIsToldOfTheUserAndTheLeaderLeadsOn() {
    var port = FreePorts.any();
    var other = FreePorts.any();
    try (var master = master("a", port, url("ann:secret"))) {
      master.awaitHealthy(port);
      awaitLeads(port);
      try (var stranger = master("b", other, url("bob:guess"))) {
        stranger.awaitHealthy(other);
        awaitLog(stranger, "refuses access to /proffer/");
        awaitLog(stranger, "give the user and password its nodes were made with");
        assertEquals(503, status(other, "/ready"));
        assertEquals(0, elected(other));
        assertEquals(1, elected(port));
      }
    }
  }

  @Test
  void whatALeaderThatIsKilledBreaksOffIsNoErrorOfTheNext() {
    var first = FreePorts.any();
    var next = FreePorts.any();
    try (var leader = master("a", first, ensemble.url("/proffer"))) {
      leader.awaitHealthy(first);
      awaitLeads(first);
      try (var standby = master("b", next, ensemble.url("/proffer"))) {
        standby.awaitHealthy(next);
        for (var port : List.of(first, next)) {
          Awaitility.await("both talk to each other")
              .atMost(PATIENCE)
              .until(() -> Json.get(url(port, "/api/v1/masters")).path("masters").size() == 2);
        }

        // What it was told and has not read makes its end a reset of the connection.
        leader.signal("STOP");
        Awaitility.await("it is missed")
            .atMost(PATIENCE)
            .until(() -> Json.get(url(next, "/api/v1/masters")).toString().contains("false"));
        leader.kill();

        awaitLeads(next);
        assertEquals(List.of(), standby.output().lines().filter(HaStartTest::isError).toList());
      }
    }
  }

  private static boolean isError(String line) {
    return line.contains(" ERROR ");
  }

  private String url(String user) {
    return ensemble.url("/proffer").replace("zk://", "zk://" + user + "@");
  }

  private ServiceProcess master(String name, int port, String zk) {
    return ServiceProcess.start(
        directory.resolve(name + ".log"),
        List.of("master", "--port=" + port, "--zk=" + zk, "--zk_session_timeout=4secs"));
  }

  private static void awaitLog(ServiceProcess master, String sentence) {
    Awaitility.await(sentence)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> master.output().contains(sentence));
  }

  private static void awaitLeads(int port) {
    Awaitility.await("a leader")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> elected(port) == 1 && status(port, "/state") == 200);
  }

  private static int elected(int port) {
    return Json.get(url(port, "/metrics/snapshot")).path("master/elected").asInt();
  }

  private static int status(int port, String path) {
    return Json.send(HttpRequest.newBuilder(URI.create(url(port, path)))).statusCode();
  }

  private static String url(int port, String path) {
    return "http://127.0.0.1:" + port + path;
  }
}
