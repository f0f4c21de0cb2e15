package io.proffer.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class TaskLifecycleTest {
  private static Cluster cluster;
  private Scheduler scheduler;

  @BeforeAll
  static void start() {
    cluster = Cluster.withAgent();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void subscribe() {
    scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("lifecycle"));
  }

  @AfterEach
  void teardown() {
    scheduler.teardown();
    scheduler.close();
  }

  @Test
  void aCommandRunsFromStartingToFinished() {
    var offer = scheduler.awaitOffer();
    scheduler.launch(offer, List.of(Scheduler.task("ok", "true", offer)));
    var starting = scheduler.awaitUpdate("ok", "TASK_STARTING");
    scheduler.awaitUpdate("ok", "TASK_RUNNING");
    var finished = scheduler.awaitUpdate("ok", "TASK_FINISHED");
    assertEquals("Command exited with status 0", finished.path("message").asText());
    assertEquals("SOURCE_EXECUTOR", finished.path("source").asText());
    assertEquals("ok", finished.at("/executor_id/value").asText());
    assertEquals(offer.at("/agent_id/value"), finished.at("/agent_id/value"));
    assertTrue(finished.at("/container_status/executor_pid").asLong() > 0);
    assertFalse(finished.at("/container_status/container_id/value").asText().isEmpty());
    assertFalse(starting.has("message"));
    assertFalse(starting.has("reason"));
  }

  @Test
  void aFailingCommandTellsItsStatus() {
    var offer = scheduler.awaitOffer();
    scheduler.launch(offer, List.of(Scheduler.task("bad", "exit 3", offer)));
    var failed = scheduler.awaitUpdate("bad", "TASK_FAILED");
    assertEquals("Command exited with status 3", failed.path("message").asText());
  }

  @Test
  void aSignalledCommandTellsTheSignal() {
    var offer = scheduler.awaitOffer();
    scheduler.launch(offer, List.of(Scheduler.task("sig", "kill -9 $$", offer)));
    var failed = scheduler.awaitUpdate("sig", "TASK_FAILED");
    assertEquals("Command terminated with signal Killed", failed.path("message").asText());
  }

  @Test
  void killEndsTheWholeTree() {
    var offer = scheduler.awaitOffer();
    var marker = "7" + System.nanoTime() % 1_000_000;
    scheduler.launch(
        offer,
        List.of(Scheduler.task("tree", "setsid sleep " + marker + " & sleep " + marker, offer)));
    scheduler.awaitUpdate("tree", "TASK_RUNNING");
    scheduler.accepted(Json.of("{'type':'KILL','kill':{'task_id':{'value':'tree'}}}"));
    var killed = scheduler.awaitUpdate("tree", "TASK_KILLED");
    assertEquals("Command terminated with signal Terminated", killed.path("message").asText());
    assertEquals(List.of(), commandLinesWith(marker));
  }

  @Test
  void aCommandThatIgnoresTermIsKilledAfterItsGrace() {
    var offer = scheduler.awaitOffer();
    var task = Scheduler.task("stubborn", "trap '' TERM; while true; do sleep 1; done", offer);
    task.set("kill_policy", Json.of("{'grace_period':{'nanoseconds':500000000}}"));
    scheduler.launch(offer, List.of(task));
    scheduler.awaitUpdate("stubborn", "TASK_RUNNING");
    var before = System.nanoTime();
    scheduler.accepted(Json.of("{'type':'KILL','kill':{'task_id':{'value':'stubborn'}}}"));
    var killed = scheduler.awaitUpdate("stubborn", "TASK_KILLED");
    assertEquals("Command terminated with signal Killed", killed.path("message").asText());
    assertTrue(System.nanoTime() - before >= 500_000_000L, "killed before its grace was over");
  }

  @Test
  void killingIsAnnouncedToThoseWhoUnderstandIt() {
    var info = Scheduler.info("lifecycle");
    info.withArray("/capabilities").add(Json.of("{'type':'TASK_KILLING_STATE'}"));
    try (var other = Scheduler.subscribe(cluster.masterUrl(), info)) {
      // One framework holds the whole agent's offer: this one gives it away first.
      decline(scheduler, scheduler.awaitOffer(), 60);
      var offer = other.awaitOffer();
      other.launch(offer, List.of(Scheduler.task("killing", "sleep 60", offer)));
      other.awaitUpdate("killing", "TASK_RUNNING");
      other.accepted(Json.of("{'type':'KILL','kill':{'task_id':{'value':'killing'}}}"));
      other.awaitUpdate("killing", "TASK_KILLING");
      other.awaitUpdate("killing", "TASK_KILLED");
      other.teardown();
    }
  }

  @Test
  void aTaskOverItsTimeFailsWithTheReason() {
    var offer = scheduler.awaitOffer();
    var task = Scheduler.task("slow", "sleep 60", offer);
    task.set("max_completion_time", Json.of("{'nanoseconds':300000000}"));
    scheduler.launch(offer, List.of(task));
    var failed = scheduler.awaitUpdate("slow", "TASK_FAILED");
    assertEquals("REASON_MAX_COMPLETION_TIME_REACHED", failed.path("reason").asText());
    assertEquals("Command terminated with signal Terminated", failed.path("message").asText());
  }

  @Test
  void aCommandSeesItsEnvironmentAndWritesItsSandbox() throws IOException {
    var offer = scheduler.awaitOffer();
    var task =
        Scheduler.task("env", "echo to-stderr >&2; env | sort; echo pwd=`pwd`; umask", offer);
    ((ObjectNode) task.get("command"))
        .set("environment", Json.of("{'variables':[{'name':'GREETING','value':'hello'}]}"));
    scheduler.launch(offer, List.of(task));
    var finished = scheduler.awaitUpdate("env", "TASK_FINISHED");
    var sandbox =
        cluster
            .directory()
            .resolve("agent0/slaves")
            .resolve(finished.at("/agent_id/value").asText())
            .resolve("frameworks")
            .resolve(scheduler.frameworkId())
            .resolve("executors/env/runs/latest");
    var lines = Files.readString(sandbox.resolve("stdout")).lines().toList();
    assertTrue(lines.contains("GREETING=hello"), lines.toString());
    assertTrue(lines.contains("MESOS_FRAMEWORK_ID=" + scheduler.frameworkId()), lines.toString());
    assertTrue(lines.contains("MESOS_ALLOCATION_ROLE=lifecycle"), lines.toString());
    assertTrue(
        lines.contains("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
        lines.toString());
    assertTrue(lines.stream().noneMatch(line -> line.startsWith("HOME=")), lines.toString());
    assertTrue(
        lines.stream().anyMatch(l -> l.startsWith("pwd=") && l.contains("/executors/env/runs/")),
        lines.toString());
    assertTrue(lines.contains("0022"), lines.toString());
    assertEquals("to-stderr\n", Files.readString(sandbox.resolve("stderr")));
  }

  @Test
  void argumentsAreTheWholeArgvWithoutAShell() throws IOException {
    var offer = scheduler.awaitOffer();
    var task = Scheduler.task("argv", "/bin/sh", offer);
    var command = (ObjectNode) task.get("command");
    command.put("shell", false);
    command
        .withArray("/arguments")
        .add("sh")
        .add("-c")
        .add("echo \"$0|$1\"")
        .add("a b")
        .add("$HOME");
    scheduler.launch(offer, List.of(task));
    var finished = scheduler.awaitUpdate("argv", "TASK_FINISHED");
    var stdout =
        cluster
            .directory()
            .resolve("agent0/slaves")
            .resolve(finished.at("/agent_id/value").asText())
            .resolve("frameworks")
            .resolve(scheduler.frameworkId())
            .resolve("executors/argv/runs/latest/stdout");
    assertEquals("a b|$HOME\n", Files.readString(stdout));
  }

  @Test
  void resourcesOfAnEndedTaskAreOfferedAgain() {
    var offer = scheduler.awaitOffer();
    var all = cpus(offer);
    scheduler.launch(offer, List.of(Scheduler.task("short", "true", offer)));
    scheduler.awaitUpdate("short", "TASK_FINISHED");
    scheduler.await(
        "OFFERS",
        e -> {
          var next = e.at("/offers/offers/0");
          if (cpus(next) == all) {
            return true;
          }
          decline(scheduler, next, 0);
          return false;
        });
  }

  private static double cpus(JsonNode offer) {
    return StreamSupport.stream(offer.path("resources").spliterator(), false)
        .filter(r -> r.path("name").asText().equals("cpus"))
        .mapToDouble(r -> r.at("/scalar/value").asDouble())
        .sum();
  }

  private static void decline(Scheduler scheduler, JsonNode offer, int seconds) {
    var call =
        Json.of("{'type':'DECLINE','decline':{'filters':{'refuse_seconds':" + seconds + "}}}");
    call.withArray("/decline/offer_ids").add(offer.get("id"));
    scheduler.accepted(call);
  }

  private static List<String> commandLinesWith(String marker) {
    return ProcessHandle.allProcesses()
        .map(p -> p.info().commandLine().orElse(""))
        .filter(line -> line.contains("sleep " + marker))
        .collect(Collectors.toList());
  }
}
