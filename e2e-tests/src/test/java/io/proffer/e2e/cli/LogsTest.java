package io.proffer.e2e.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.ExecutorClient;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import io.restassured.RestAssured;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LogsTest {
  @TempDir Path directory;

  private Tool logs(Cluster cluster, String... arguments) throws Exception {
    var all = new String[arguments.length + 2];
    all[0] = "logs";
    all[1] = "--master=" + Tool.master(cluster);
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return Tool.proffer(directory, all);
  }

  private Tool run(Cluster cluster, String command) throws Exception {
    return Tool.proffer(
        directory, "run", "--master=" + Tool.master(cluster), "--quiet", "--command=" + command);
  }

  @Test
  void whatATaskWroteIsPrintedByteByByteThroughTheMaster() throws Exception {
    // Larger than a piece, and no text.
    var bytes = new byte[600_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    var source = Files.write(directory.resolve("source"), bytes);
    try (var cluster = Cluster.withAgent();
        var run = run(cluster, "cat " + source + "; echo oops >&2")) {
      assertEquals(0, run.await(), run::everything);
      try (var out = logs(cluster, "task-1")) {
        assertEquals(0, out.await(), out::everything);
        assertArrayEquals(bytes, out.outBytes());
      }
      try (var err = logs(cluster, "task-1", "--err", "-f")) {
        assertEquals(0, err.await(), err::everything);
        assertEquals("oops\n", err.out());
      }
      try (var none = logs(cluster, "nobody")) {
        assertEquals(1, none.await());
        assertEquals(
            "proffer logs: The master knows no task 'nobody'. See 'proffer tasks'.\n", none.err());
      }
    }
  }

  @Test
  void followingGoesOnUntilTheTaskHasEnded() throws Exception {
    var go = directory.resolve("go");
    try (var cluster = Cluster.withAgent();
        var run =
            run(cluster, "echo first; while [ ! -e " + go + " ]; do sleep 0.1; done; echo last")) {
      run.awaitText("first");
      try (var logs = logs(cluster, "task-1", "-f")) {
        logs.awaitText("first");
        Files.createFile(go);
        assertEquals(0, logs.await(), logs::everything);
        assertEquals("first\nlast\n", logs.out());
      }
      assertEquals(0, run.await(), run::everything);
    }
  }

  @Test
  void followingLosesNothingWhereTheAgentRotates() throws Exception {
    var go = directory.resolve("go");
    var task =
        "echo first; while [ ! -e %s ]; do sleep 0.1; done; for i in $(seq 40); do seq 1000; sleep 0.03; done"
            .formatted(go);
    var all = "first\n" + numbers(1000).repeat(40);
    try (var cluster = Cluster.master()) {
      cluster.addAgent(Cluster.RESOURCES, "--max_stdout_size=32KB");
      cluster.awaitAgents(1);
      try (var run = run(cluster, task)) {
        run.awaitText("first");
        try (var logs = logs(cluster, "task-1", "-f")) {
          logs.awaitText("first");
          Files.createFile(go);
          assertEquals(0, logs.await(), logs::everything);
          assertEquals(all, logs.out());
        }
        assertEquals(0, run.await(), run::everything);
        assertEquals(all, run.out());
      }
    }
  }

  @Test
  void whatWasRotatedBeforeAnybodyReadIsPrintedToo() throws Exception {
    try (var cluster = Cluster.master()) {
      cluster.addAgent(Cluster.RESOURCES, "--max_stdout_size=4KB");
      cluster.awaitAgents(1);
      try (var run = run(cluster, "seq 2000");
          var logs = after(run, cluster, "task-1")) {
        assertEquals(numbers(2000), logs.out());
      }
    }
  }

  private Tool after(Tool run, Cluster cluster, String task) throws Exception {
    assertEquals(0, run.await(), run::everything);
    var logs = logs(cluster, task);
    assertEquals(0, logs.await(), logs::everything);
    return logs;
  }

  @Test
  void aTaskOfAnExecutorThatRanAgainHasTheOutputOfItsOwnRun() throws Exception {
    try (var cluster = Cluster.withAgent();
        var scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("again"))) {
      for (var task : List.of("first", "second")) {
        var offer = scheduler.awaitOffer();
        var command = "echo run of " + task + "; exec sleep 600";
        scheduler.launch(
            offer,
            List.of(ExecutorClient.task(task, "E", command, offer, scheduler.frameworkId())));
        Awaitility.await("the executor is there")
            .until(
                () ->
                    !Json.get("http://127.0.0.1:" + cluster.agentPort(0) + "/containers")
                        .isEmpty());
        try (var executor =
            new ExecutorClient(cluster.agentPort(0), scheduler.frameworkId(), "E")) {
          executor.subscribed().update(task, "TASK_FINISHED");
          scheduler.awaitUpdate(task, "TASK_FINISHED");
          var shutdown = Json.of("{'type':'SHUTDOWN','shutdown':{'executor_id':{'value':'E'}}}");
          ((ObjectNode) shutdown.get("shutdown")).set("agent_id", offer.get("agent_id"));
          scheduler.accepted(shutdown);
          scheduler.await("FAILURE", event -> true);
        }
      }
      for (var task : List.of("first", "second")) {
        try (var logs = logs(cluster, task)) {
          assertEquals(0, logs.await(), logs::everything);
          assertEquals("run of " + task + "\n", logs.out());
        }
      }
      scheduler.teardown();
    }
  }

  private static String numbers(int last) {
    return IntStream.rangeClosed(1, last)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  @Test
  void theMasterReadsSandboxesOfItsAgentsAndNothingElse() throws Exception {
    try (var cluster = Cluster.withAgent();
        var run = run(cluster, "head -c 2000000 /dev/zero")) {
      assertEquals(0, run.await(), run::everything);
      var base = cluster.masterUrl() + "/agents/files/download";
      var task = RestAssured.get(cluster.masterUrl() + "/tasks").jsonPath();
      var agent = task.getString("tasks[0].slave_id");
      var path =
          "/frameworks/%s/executors/task-1/runs/latest/"
              .formatted(task.getString("tasks[0].framework_id"));
      RestAssured.given()
          .queryParam("agent_id", agent)
          .queryParam("path", path + "stderr")
          .get(base)
          .then()
          .statusCode(200);
      var large =
          RestAssured.given()
              .queryParam("agent_id", agent)
              .queryParam("path", path + "stdout")
              .get(base);
      assertEquals(400, large.statusCode());
      assertTrue(large.asString().startsWith("The file has 2000000 bytes: "), large.asString());
      var piece =
          RestAssured.given()
              .queryParam("agent_id", agent)
              .queryParam("path", path + "stdout")
              .header("Range", "bytes=1999990-")
              .get(base);
      assertEquals(206, piece.statusCode());
      assertEquals("bytes 1999990-1999999/2000000", piece.header("Content-Range"));
      assertEquals(10, piece.asByteArray().length);
      for (var outside : new String[] {"/etc/passwd", path + "../../../../../../etc/passwd"}) {
        RestAssured.given()
            .queryParam("agent_id", agent)
            .queryParam("path", outside)
            .get(base)
            .then()
            .statusCode(404);
      }
      var unknown =
          RestAssured.given()
              .queryParam("agent_id", "127.0.0.1:" + cluster.masterPort())
              .queryParam("path", "/")
              .get(base);
      assertEquals(404, unknown.statusCode());
      cluster.agentProcess(0).close();
      var away =
          RestAssured.given()
              .queryParam("agent_id", agent)
              .queryParam("path", path + "stdout")
              .get(base);
      assertTrue(away.statusCode() == 502 || away.statusCode() == 404, away.asString());
      assertTrue(
          new String(away.asByteArray(), StandardCharsets.UTF_8).contains("gent"), away.asString());
    }
  }
}
