package io.proffer.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.cli.bench.process.FreePorts;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A start that cannot succeed ends with a sentence that says what to do. */
@Timeout(120)
final class StartupTest {
  @TempDir Path directory;

  private ServiceProcess start(String... args) {
    return ServiceProcess.start(directory.resolve("log"), List.of(args));
  }

  private String failure(String... args) {
    return failure(1, args);
  }

  private String failure(int code, String... args) {
    try (var process = start(args)) {
      assertEquals(code, process.awaitExit(Duration.ofSeconds(30)));
      var output = process.output();
      assertFalse(output.contains("\tat "), "a stack trace is no sentence:\n" + output);
      return output;
    }
  }

  @Test
  void aReplicatedLogIsToldToBeSqliteAndTheEndIsASentence() {
    var port = FreePorts.any();
    try (var master =
        start(
            "master",
            "--ip=127.0.0.1",
            "--port=" + port,
            "--registry=replicated_log",
            "--quorum=1",
            "--work_dir=" + directory.resolve("work"))) {
      master.awaitHealthy(port);
      assertEquals(143, master.terminate());
      var output = master.output();
      assertTrue(output.contains("the registry is kept as with --registry=sqlite"), output);
      assertTrue(output.endsWith("The master was asked to stop, and has stopped.\n"), output);
    }
  }

  /** A JVM that nohup started goes on ignoring SIGHUP, whoever wants to hear of it. */
  @Test
  void aMasterThatNoHangupReachesSaysWhatToDoInstead() throws IOException {
    var port = FreePorts.any();
    var known = Files.writeString(directory.resolve("known"), "alice wonder\n");
    var flags =
        List.of(
            "master",
            "--ip=127.0.0.1",
            "--port=" + port,
            "--credentials=" + known,
            "--work_dir=" + directory.resolve("work"));
    var words = "SIGHUP is ignored in this process, as under nohup";
    try (var master = ServiceProcess.startIgnoring(directory.resolve("deaf.log"), "HUP", flags)) {
      Awaitility.await("the warning")
          .atMost(Duration.ofSeconds(30))
          .until(() -> master.output().contains(words));
      master.awaitHealthy(port);
      master.signal("HUP");
      assertEquals(143, master.terminate());
      assertFalse(master.output().contains("read anew: "), master.output());
    }
    try (var master = ServiceProcess.start(directory.resolve("log"), flags)) {
      master.awaitHealthy(port);
      Awaitility.await("the reload")
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                master.signal("HUP");
                return master.output().contains("read anew: 1 principals are known");
              });
      assertFalse(master.output().contains(words), master.output());
    }
  }

  @Test
  void aTakenPortIsNamed() {
    try (var cluster = Cluster.master()) {
      var port = Integer.toString(cluster.masterPort());
      var output = failure("master", "--ip=127.0.0.1", "--port=" + port, "--work_dir=" + directory);
      assertTrue(output.contains(port) && output.contains("--port"), output);
    }
  }

  @Test
  void anAgentToldToUseATakenPortSaysSo() {
    try (var cluster = Cluster.master()) {
      var port = Integer.toString(cluster.masterPort());
      var output =
          failure(
              "agent",
              "--ip=127.0.0.1",
              "--port=" + port,
              "--master=127.0.0.1:" + port,
              "--work_dir=" + directory.resolve("work"),
              "--runtime_dir=" + directory.resolve("run"),
              "--resources=cpus:1;mem:64");
      assertTrue(output.contains(port) && output.contains("--port"), output);
    }
  }

  @Test
  void aWorkDirOfAnotherMasterIsRefused() {
    try (var cluster = Cluster.master()) {
      var work = cluster.directory().resolve("master").toString();
      var output =
          failure("master", "--ip=127.0.0.1", "--port=" + FreePorts.any(), "--work_dir=" + work);
      assertTrue(output.contains(work) && output.contains("use another work directory"), output);
    }
  }

  @Test
  void wrongFlagsSayWhatWasExpected() {
    var unknown = failure(2, "master", "--no_such_flag=1");
    assertTrue(unknown.contains("no_such_flag"), unknown);
    var value = failure(2, "master", "--port=many", "--work_dir=" + directory);
    assertTrue(value.contains("--port") && value.contains("many"), value);
    var duration = failure(2, "master", "--offer_timeout=soon", "--work_dir=" + directory);
    assertTrue(duration.contains("offer_timeout") && duration.contains("secs"), duration);
  }

  @Test
  void wrongResourcesSayWhatIsWrong() {
    var output =
        failure(
            2,
            "agent",
            "--master=127.0.0.1:1",
            "--port=" + FreePorts.any(),
            "--work_dir=" + directory,
            "--resources=cpus=4");
    assertTrue(output.contains("missing or extra ':'"), output);
  }

  @Test
  void anUnreachableMasterIsOneSentenceNotAFlood() {
    var port = FreePorts.any();
    try (var agent =
        start(
            "agent",
            "--ip=127.0.0.1",
            "--port=" + port,
            "--master=127.0.0.1:" + FreePorts.any(),
            "--work_dir=" + directory.resolve("work"),
            "--runtime_dir=" + directory.resolve("run"),
            "--resources=cpus:1;mem:64")) {
      agent.awaitHealthy(port);
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> agent.output().toLowerCase(java.util.Locale.ROOT).contains("master"));
      assertTrue(agent.alive());
      assertFalse(agent.output().contains("\tat "), agent.output());
      assertTrue(agent.output().lines().count() < 30, agent.output());
      assertEquals(143, agent.terminate(), "SIGTERM ends it");
      assertTrue(
          agent
              .output()
              .endsWith(
                  "The agent was asked to stop; what runs here goes on, and the next agent on this"
                      + " --work_dir takes it over (SIGUSR1 ends tasks too).\n"),
          agent.output());
    }
  }
}
