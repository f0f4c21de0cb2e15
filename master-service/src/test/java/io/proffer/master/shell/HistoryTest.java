package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.protobuf.TextFormat;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.master.Response;
import io.proffer.api.v1.master.Response.GetState;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.api.v1.scheduler.Event;
import io.proffer.api.zookeeper.OneServer;
import io.proffer.kernel.Write;
import io.proffer.kernel.sqlite.SqliteJournal;
import io.proffer.master.history.History;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a master remembers of what is over, when it is started again. */
@Timeout(60)
class HistoryTest {
  @TempDir private Path directory;

  @Test
  void completedFrameworksAndTasksAreShownAsBeforeAfterAStartOnTheSameDirectory() throws Exception {
    GetState before;
    try (var master = RunningMaster.start(flags())) {
      play(master, 3, true);
      play(master, 2, false);
      before = state(master);
    }
    try (var master = RunningMaster.start(flags())) {
      var after = state(master);
      assertEquals(1, after.getGetFrameworks().getCompletedFrameworksCount());
      assertEquals(
          before.getGetFrameworks().getCompletedFrameworksList(),
          after.getGetFrameworks().getCompletedFrameworksList());
      assertEquals(5, after.getGetTasks().getCompletedTasksCount());
      assertEquals(
          before.getGetTasks().getCompletedTasksList(),
          after.getGetTasks().getCompletedTasksList());
    }
  }

  @Test
  void aFrameworkThatIsOverStaysOver() throws Exception {
    String framework;
    try (var master = RunningMaster.start(flags())) {
      framework = play(master, 1, true);
    }
    try (var master = RunningMaster.start(flags())) {
      var again = ScriptedScheduler.info();
      again.getIdBuilder().setValue(framework);
      try (var scheduler = ScriptedScheduler.open(master, again.build(), RunningMaster.PROTOBUF)) {
        var error = scheduler.next(Event.Type.ERROR);
        assertEquals("Framework has been removed", error.getError().getMessage());
      }
    }
  }

  @Test
  void theNewestTasksAreKept() throws Exception {
    try (var master = RunningMaster.start(flags("history_tasks", "2"))) {
      play(master, 5, false);
      assertEquals(List.of("t0", "t1", "t2", "t3", "t4"), completed(master));
    }
    try (var master = RunningMaster.start(flags("history_tasks", "2"))) {
      assertEquals(List.of("t3", "t4"), completed(master));
    }
    try (var master = RunningMaster.start(flags("history_tasks", "0"))) {
      assertEquals(List.of(), completed(master));
    }
  }

  @Test
  void whatIsOverIsStoredWhileTheMasterRuns() throws Exception {
    try (var master = RunningMaster.start(flags("history_interval", "20ms"))) {
      play(master, 2, true);
      awaitKept(2);
      assertEquals(1, copied(past -> past.frameworks().size()));
    }
  }

  @Test
  void aFileThatIsNoHistoryIsLeftAloneAndTheMasterLeadsWithout() throws Exception {
    var garbage = "this is no database".repeat(500);
    Files.writeString(directory.resolve("history.sqlite"), garbage);
    try (var master = RunningMaster.start(flags())) {
      play(master, 1, true);
      assertEquals(1, state(master).getGetFrameworks().getCompletedFrameworksCount());
    }
    assertEquals(garbage, Files.readString(directory.resolve("history.sqlite")));
  }

  @Test
  void recordsOfANewerFormatAreLeftAloneAndTheMasterLeadsWithout() throws Exception {
    var newer = Write.put("tasks/0000000000000001", "newer".getBytes(StandardCharsets.UTF_8));
    try (var journal = SqliteJournal.open(directory.resolve("history.sqlite"), 1)) {
      journal.append(List.of(newer)).toCompletableFuture().join();
    }
    try (var master = RunningMaster.start(flags())) {
      play(master, 1, true);
    }
    try (var journal = SqliteJournal.open(directory.resolve("history.sqlite"), 1)) {
      assertEquals(List.of(newer.key()), journal.load().stream().map(Write::key).toList());
    }
  }

  @Test
  void aMasterThatLeadsAgainInTheSameProcessKnowsItToo() throws Exception {
    try (var server = OneServer.start();
        var master =
            RunningMaster.start(
                Map.of(
                    "zk",
                    server.url("/masters").toString(),
                    "zk_session_timeout",
                    "2secs",
                    "work_dir",
                    directory.toString(),
                    "history_interval",
                    "20ms"))) {
      awaitState(master, 200);
      play(master, 2, true);
      awaitKept(2);
      server.down();
      awaitState(master, 503);
      server.up();
      awaitState(master, 200);
      assertEquals(List.of("t0", "t1"), completed(master));
      play(master, 1, true);
      awaitKept(3);
    }
  }

  private static void awaitState(RunningMaster master, int status) {
    Awaitility.await("/state answers " + status)
        .atMost(Duration.ofSeconds(20))
        .until(() -> master.get("/state").statusCode() == status);
  }

  private void awaitKept(int tasks) {
    Awaitility.await("records in the file")
        .atMost(Duration.ofSeconds(20))
        .until(() -> copied(past -> past.tasks().size()) == tasks);
  }

  @Test
  void aThrowAwayClusterKeepsNothing() throws Exception {
    try (var master = RunningMaster.start(flags("registry", "in_memory"))) {
      play(master, 1, true);
    }
    assertFalse(Files.exists(directory.resolve("history.sqlite")));
  }

  private interface Look {
    int at(History.Past past);
  }

  /** The file is locked while a master runs, so a copy is looked at. */
  private int copied(Look look) throws Exception {
    var copy = Files.createTempDirectory(directory, "copy");
    for (var suffix : List.of("", "-wal")) {
      var file = directory.resolve("history.sqlite" + suffix);
      if (Files.exists(file)) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    try (var history = History.open(copy, 100, Duration.ofSeconds(20))) {
      return look.at(history.begin().orElseThrow().past());
    }
  }

  private Map<String, String> flags(String... more) {
    return more.length == 0
        ? Map.of("work_dir", directory.toString())
        : Map.of("work_dir", directory.toString(), more[0], more[1]);
  }

  /** Runs so many tasks to their end, and then perhaps ends their framework. Its id. */
  private static String play(RunningMaster master, int tasks, boolean tearDown) throws Exception {
    try (var agent = ScriptedAgent.register(master, ScriptedAgent.subscription());
        var scheduler = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build())) {
      var offer = scheduler.next(Event.Type.OFFERS).getOffers().getOffers(0);
      var call = Call.newBuilder().setType(Call.Type.ACCEPT);
      var accept = call.getAcceptBuilder().addOfferIds(offer.getId());
      var launch = accept.addOperationsBuilder();
      TextFormat.merge("type: LAUNCH launch { }", launch);
      for (var i = 0; i < tasks; i++) {
        TextFormat.merge(
            ("name: 't%1$d' task_id { value: 't%1$d' } agent_id { value: '%2$s' } command { value: 'true' }"
                    + " resources { name: 'cpus' type: SCALAR scalar { value: 0.5 } }")
                .formatted(i, agent.id().getValue()),
            launch.getLaunchBuilder().addTaskInfosBuilder());
      }
      assertEquals(202, scheduler.call(call).statusCode());
      for (var i = 0; i < tasks; i++) {
        end(agent, scheduler, "t" + i);
      }
      if (tearDown) {
        assertEquals(
            202, scheduler.call(Call.newBuilder().setType(Call.Type.TEARDOWN)).statusCode());
      }
      return scheduler.id().getValue();
    }
  }

  private static void end(ScriptedAgent agent, ScriptedScheduler scheduler, String task)
      throws Exception {
    agent.send(agent.update(scheduler.id(), task, TaskState.TASK_FINISHED));
    var status = scheduler.next(Event.Type.UPDATE).getUpdate().getStatus();
    var acknowledge = Call.newBuilder().setType(Call.Type.ACKNOWLEDGE);
    acknowledge
        .getAcknowledgeBuilder()
        .setAgentId(status.getAgentId())
        .setTaskId(status.getTaskId())
        .setUuid(status.getUuid());
    assertEquals(202, scheduler.call(acknowledge).statusCode());
  }

  private static List<String> completed(RunningMaster master) throws Exception {
    return state(master).getGetTasks().getCompletedTasksList().stream()
        .map(task -> task.getTaskId().getValue())
        .toList();
  }

  private static GetState state(RunningMaster master) throws Exception {
    var call = io.proffer.api.v1.master.Call.newBuilder();
    call.setType(io.proffer.api.v1.master.Call.Type.GET_STATE);
    var request =
        master
            .request("/api/v1")
            .header("Content-Type", RunningMaster.PROTOBUF)
            .header("Accept", RunningMaster.PROTOBUF)
            .POST(HttpRequest.BodyPublishers.ofByteArray(call.build().toByteArray()));
    return Response.parseFrom(master.sendForBytes(request).body()).getGetState();
  }
}
