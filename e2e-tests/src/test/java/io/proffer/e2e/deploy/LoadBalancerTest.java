package io.proffer.e2e.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.cli.bench.process.FreePorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The load balancers with the configuration that is here, but for addresses, before stand-ins of
 * three masters: one is ready, one has no leader to forward to, one is not there.
 */
@Timeout(60)
final class LoadBalancerTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final List<String> MASTERS =
      List.of("master1:5050", "master2:5050", "master3:5050");
  private static final List<String> ADDRESSES =
      List.of("192.0.2.11:5050", "192.0.2.12:5050", "192.0.2.13:5050");

  @TempDir Path directory;

  private final int port = FreePorts.any();

  @Test
  void haproxyFindsNothingWrong() throws Exception {
    var haproxy = Program.needed("haproxy", "its configuration is not checked");
    var file = Deployment.file("compose/haproxy.cfg").toString();
    var outcome = Program.run(directory, haproxy, "-c", "-f", file);
    assertEquals(0, outcome.status(), outcome.output());
    // The names are those of the compose file's network.
    assertEquals(
        List.of(),
        outcome
            .output()
            .lines()
            .filter(line -> line.contains("[WARNING]") && !line.contains("could not resolve"))
            .toList());
  }

  @Test
  void haproxyAsksMastersThatAreReadyAlone() throws Exception {
    var haproxy = Program.needed("haproxy", "it is not tried");
    try (var ready = new StandIn(true);
        var leaderless = new StandIn(false)) {
      var text = addressed("compose/haproxy.cfg", MASTERS, ready, leaderless);
      var file = directory.resolve("haproxy.cfg");
      Files.writeString(file, text.replace("bind :5050", "bind 127.0.0.1:" + port));
      var process = start(haproxy, "-db", "-f", file.toString());
      try {
        awaitAnswer(process);
        // Servers count as up until they were asked for the first time.
        Awaitility.await("the checks")
            .atMost(Duration.ofSeconds(20))
            .until(() -> ready.checks() > 2 && leaderless.checks() > 2);
        int before = leaderless.calls();
        int served = ready.calls();
        for (int i = 0; i < 10; i++) {
          assertEquals(202, post(i));
        }
        assertEquals(before, leaderless.calls());
        assertEquals(served + 10, ready.calls());
        assertPassedOnAsItComes(ready);
      } finally {
        stop(process);
      }
    }
  }

  @Test
  void nginxPassesOnToMastersThatAreThere() throws Exception {
    var nginx = Program.needed("nginx", "its configuration is neither checked nor tried");
    try (var ready = new StandIn(true);
        var other = new StandIn(true)) {
      var text = addressed("nginx/proffer.conf", ADDRESSES, ready, other);
      Files.writeString(
          directory.resolve("proffer.conf"),
          text.replace("listen 5050", "listen 127.0.0.1:" + port));
      Files.writeString(directory.resolve("nginx.conf"), surroundings());
      var arguments =
          List.of(nginx, "-p", directory + "/", "-e", "stderr", "-c", directory + "/nginx.conf");
      var test = new ArrayList<>(arguments);
      test.add("-t");
      var outcome = Program.run(directory, test.toArray(String[]::new));
      assertEquals(0, outcome.status(), outcome.output());
      assertEquals(
          List.of(), outcome.output().lines().filter(line -> line.contains("[warn]")).toList());
      var process = start(arguments.toArray(String[]::new));
      try {
        awaitAnswer(process);
        for (int i = 0; i < 10; i++) {
          assertEquals(202, post(i));
        }
        assertEquals(10, ready.calls() + other.calls(), "each arrived once");
        change("DELETE", "/quota/ads");
        change("PUT", "/master/weights");
        assertEquals(12, ready.calls() + other.calls(), "what may be done is not done again");
        assertPassedOnAsItComes(ready, other);
      } finally {
        stop(process);
      }
    }
  }

  /** The configuration, with these and a port where nobody listens in the place of the masters. */
  private static String addressed(String name, List<String> masters, StandIn one, StandIn two) {
    var ports = List.of(one.port(), two.port(), FreePorts.any());
    var text = Deployment.text(name);
    for (int i = 0; i < masters.size(); i++) {
      text = text.replace(masters.get(i), "127.0.0.1:" + ports.get(i));
    }
    return text;
  }

  /** What a distribution has around the files of conf.d, everything below the directory. */
  private String surroundings() {
    var user = System.getProperty("user.name").equals("root") ? "user root;" : "";
    return """
        %s
        daemon off;
        worker_processes 1;
        pid nginx.pid;
        events { worker_connections 64; }
        http {
          access_log off;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          include proffer.conf;
        }
        """
        .formatted(user);
  }

  private Process start(String... command) throws Exception {
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("log.txt").toFile())
        .start();
  }

  private static void stop(Process process) {
    process.destroy();
    Program.await(process, "the load balancer", () -> "");
  }

  private void awaitAnswer(Process process) {
    Awaitility.await("an answer on port " + port)
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              assertTrue(process.isAlive(), () -> Program.read(directory.resolve("log.txt")));
              return isAnswered();
            });
  }

  private boolean isAnswered() throws InterruptedException {
    try {
      var answer = HTTP.send(request("/health").build(), HttpResponse.BodyHandlers.discarding());
      return answer.statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private int post(int number) throws Exception {
    var call =
        request("/api/v1/scheduler")
            .POST(HttpRequest.BodyPublishers.ofString("{\"number\": " + number + "}"))
            .build();
    return HTTP.send(call, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** One whose outcome no master knows. */
  private void change(String method, String path) throws Exception {
    var call = request(path).method(method, HttpRequest.BodyPublishers.ofString("[]")).build();
    var answer = HTTP.send(call, HttpResponse.BodyHandlers.discarding());
    assertEquals(503, answer.statusCode());
    assertEquals(Optional.of("unknown"), answer.headers().firstValue("X-Proffer-Outcome"));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(10));
  }

  /** The first event is read before the second is sent; and the host is the one that was asked. */
  private void assertPassedOnAsItComes(StandIn... masters) throws Exception {
    var answer = HTTP.send(request("/stream").build(), HttpResponse.BodyHandlers.ofInputStream());
    try (var lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      assertEquals("127.0.0.1:" + port, lines.readLine());
      for (var master : masters) {
        master.endStreams();
      }
      assertEquals("end", lines.readLine());
    }
  }
}
