package io.proffer.e2e.ha;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.cli.bench.process.FreePorts;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import io.proffer.e2e.deploy.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three masters behind load balancers of the distribution, which ask them in turn: a stream and its
 * calls arrive at any of them, and the cluster is there again after its leader is killed.
 */
@Timeout(600)
final class LoadBalancerTest {
  private static final Duration FAILOVER = Duration.ofSeconds(60);

  /** How long a stream is open before the leader is killed. */
  private static final Duration OPEN = Duration.ofSeconds(Long.getLong("streams.seconds", 5));

  @TempDir Path directory;

  /** A load balancer of this host, with the settings it comes with where it needs none. */
  private enum Balancer {
    HAPROXY("haproxy") {
      @Override
      String settings(int port, List<Integer> masters) {
        var text =
            new StringBuilder(
                """
                global
                  maxconn 1000
                defaults
                  mode http
                  timeout connect 5000
                  timeout client 50000
                  timeout server 50000
                frontend cluster
                  bind 127.0.0.1:%d
                  default_backend masters
                backend masters
                  balance roundrobin
                  option httpchk GET /ready
                """
                    .formatted(port));
        for (var master : masters) {
          text.append("  server m%d 127.0.0.1:%d check inter 500%n".formatted(master, master));
        }
        return text.toString();
      }

      @Override
      List<String> command(String program, Path settings) {
        return List.of(program, "-db", "-f", settings.toString());
      }
    },
    NGINX("nginx") {
      @Override
      String settings(int port, List<Integer> masters) {
        var servers = new StringBuilder();
        masters.forEach(master -> servers.append("server 127.0.0.1:%d;".formatted(master)));
        return """
               %s
               daemon off;
               worker_processes 1;
               pid nginx.pid;
               error_log stderr;
               events {}
               http {
                 access_log off;
                 client_body_temp_path body;
                 proxy_temp_path proxy;
                 fastcgi_temp_path fastcgi;
                 uwsgi_temp_path uwsgi;
                 scgi_temp_path scgi;
                 upstream masters { %s }
                 server {
                   listen 127.0.0.1:%d;
                   location / { proxy_pass http://masters; }
                 }
               }
               """
            .formatted(
                System.getProperty("user.name").equals("root") ? "user root;" : "", servers, port);
      }

      @Override
      List<String> command(String program, Path settings) {
        return List.of(program, "-p", settings.getParent().toString(), "-c", settings.toString());
      }
    };

    private final String name;

    Balancer(String name) {
      this.name = name;
    }

    abstract String settings(int port, List<Integer> masters);

    abstract List<String> command(String program, Path settings);
  }

  @Test
  void haproxyMayAskThemInTurn() throws Exception {
    failsOverBehind(Balancer.HAPROXY);
  }

  @Test
  void nginxMayAskThemInTurn() throws Exception {
    failsOverBehind(Balancer.NGINX);
  }

  private void failsOverBehind(Balancer balancer) throws Exception {
    var program = Program.needed(balancer.name, "masters behind it are not tried");
    try (var cluster = new HaCluster(directory, 3, 1)) {
      var port = FreePorts.any();
      var settings =
          Files.writeString(
              directory.resolve(balancer + ".conf"),
              balancer.settings(
                  port,
                  List.of(cluster.masterPort(0), cluster.masterPort(1), cluster.masterPort(2))));
      var process =
          new ProcessBuilder(balancer.command(program, settings))
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve(balancer + ".log").toFile())
              .start();
      try {
        var url = "http://127.0.0.1:" + port;
        Awaitility.await("the load balancer")
            .atMost(Duration.ofSeconds(20))
            .until(() -> answers(url + "/state"));
        live(cluster, url);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            e.getMessage() + "\n" + Files.readString(directory.resolve(balancer + ".log")), e);
      } finally {
        process.destroy();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS), "the load balancer does not stop");
      }
    }
  }

  private static void live(HaCluster cluster, String url) {
    var info = Scheduler.info("balanced");
    var leader = cluster.awaitLeader();
    try (var first = Scheduler.subscribe(url, info)) {
      var offer = first.awaitOffer();
      first.launch(offer, List.of(Scheduler.task("stays", "sleep 600", offer)));
      first.awaitUpdate("stays", "TASK_RUNNING");
      // Each call is another request, and goes to the next master.
      for (var i = 0; i < 6; i++) {
        first.accepted(Json.of("{'type':'REVIVE'}"));
      }
      hold(first);
      cluster.master(leader).kill();
      Awaitility.await("the end of a stream of a leader that is gone")
          .atMost(FAILOVER)
          .until(first::ended);
      info.set("id", Json.of("{'value':'" + first.frameworkId() + "'}"));
    }
    try (var second = again(url, info)) {
      cluster.awaitAgents(1);
      second.accepted(
          Json.of("{'type':'RECONCILE','reconcile':{'tasks':[{'task_id':{'value':'stays'}}]}}"));
      assertEquals(
          "TASK_RUNNING", second.awaitUpdate("stays", "TASK_RUNNING").path("state").asText());
      var offer = second.awaitOffer();
      second.launch(offer, List.of(Scheduler.task("after", "true", offer)));
      second.awaitUpdate("after", "TASK_FINISHED");
      second.teardown();
    }
  }

  /** Nothing but heartbeats goes through: no load balancer may take the stream for a dead one. */
  private static void hold(Scheduler scheduler) {
    var end = System.nanoTime() + OPEN.toNanos();
    while (System.nanoTime() - end < 0) {
      scheduler.next(Duration.ofMillis(500));
      assertFalse(scheduler.ended(), "the stream was cut off");
    }
    scheduler.accepted(Json.of("{'type':'REVIVE'}"));
  }

  private static Scheduler again(String url, ObjectNode info) {
    var end = System.nanoTime() + FAILOVER.toNanos();
    while (true) {
      try {
        return Scheduler.subscribe(url, info);
      } catch (RuntimeException | AssertionError e) {
        if (System.nanoTime() - end > 0) {
          throw e;
        }
        Thread.onSpinWait(); // Nobody leads yet.
      }
    }
  }

  private static boolean answers(String url) {
    try {
      return Json.get(url).has("id");
    } catch (RuntimeException | AssertionError e) {
      return false;
    }
  }
}
