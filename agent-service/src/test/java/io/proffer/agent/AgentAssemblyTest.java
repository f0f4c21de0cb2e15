package io.proffer.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.agent.host.HostException;
import io.proffer.agent.masterlink.DoubleMaster;
import io.proffer.api.flags.Flags;
import io.proffer.api.internal.FromAgent;
import io.proffer.api.internal.ToAgent;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.DurationInfo;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.KillPolicy;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole agent with real processes, before a master that does what the test says. */
@Timeout(60)
final class AgentAssemblyTest {
  private static final FrameworkInfo FRAMEWORK =
      TaskMessages.framework("F", FrameworkInfo.Capability.Type.TASK_KILLING_STATE);

  @TempDir Path directory;
  private Vertx vertx;
  private DoubleMaster master;
  private AgentAssembly agent;

  @BeforeEach
  void start() throws InterruptedException {
    vertx = Vertx.vertx();
    master = new DoubleMaster(vertx, 0);
    agent = startAgent(directory.resolve("work"));
    master.awaitSubscription();
  }

  @AfterEach
  void stop() {
    agent.close();
    master.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private AgentAssembly startAgent(Path work) {
    return startAgent(work, Duration.ofSeconds(15));
  }

  private AgentAssembly startAgent(Path work, Duration stopTimeout) {
    var flags =
        Map.of(
            "master",
            "127.0.0.1:" + master.port(),
            "work_dir",
            work.toString(),
            "port",
            "0",
            "resources",
            "cpus:4;mem:1024;disk:1024",
            "registration_backoff_factor",
            "10ms",
            "stop_timeout",
            stopTimeout.toMillis() + "ms");
    return AgentAssembly.start(Flags.fill(new AgentConfig(), flags));
  }

  private void run(String id, String command) {
    var run = TaskMessages.run(FRAMEWORK, TaskMessages.task(id, command));
    master.send(record -> record.setRunTask(run));
  }

  private void kill(String id, long graceMs) {
    var policy =
        KillPolicy.newBuilder()
            .setGracePeriod(DurationInfo.newBuilder().setNanoseconds(graceMs * 1_000_000));
    var order =
        ToAgent.KillTask.newBuilder()
            .setFrameworkId(FRAMEWORK.getId())
            .setTaskId(TaskMessages.task(id, "").getTaskId())
            .setKillPolicy(policy);
    master.send(record -> record.setKillTask(order));
  }

  /** The next update, which is acknowledged. */
  private TaskStatus next() throws InterruptedException {
    FromAgent.Update update = master.awaitRecord().getUpdate();
    var acknowledge =
        ToAgent.AcknowledgeUpdate.newBuilder()
            .setFrameworkId(update.getFrameworkId())
            .setTaskId(update.getStatus().getTaskId())
            .setUuid(update.getStatus().getUuid());
    master.send(record -> record.setAcknowledgeUpdate(acknowledge));
    return update.getStatus();
  }

  private void expect(TaskState... states) throws InterruptedException {
    for (var state : states) {
      assertEquals(state, next().getState());
    }
  }

  @Test
  void aTaskThatSucceedsFinishes() throws InterruptedException {
    run("ok", "echo hello; echo oops >&2");
    expect(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
    var last = next();
    assertEquals(TaskState.TASK_FINISHED, last.getState());
    assertEquals("Command exited with status 0", last.getMessage());
    assertEquals(TaskStatus.Source.SOURCE_EXECUTOR, last.getSource());
    assertEquals("127.0.0.1", address(last));
    assertTrue(last.getContainerStatus().getExecutorPid() > 1);
    assertEquals("hello\n", sandboxFile("ok", "stdout"));
    assertEquals("oops\n", sandboxFile("ok", "stderr"));
  }

  private static String address(TaskStatus status) {
    return status.getContainerStatus().getNetworkInfos(0).getIpAddresses(0).getIpAddress();
  }

  private String sandboxFile(String task, String name) {
    var path = "/frameworks/F/executors/" + task + "/runs/latest/" + name;
    return get("/files/download?path=" + path);
  }

  private String get(String path) {
    var uri = URI.create("http://127.0.0.1:" + agent.port() + path);
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aPipeInASandboxIsRefusedAndHoldsUpNobody() throws InterruptedException {
    run("pipe", "mkfifo pipe");
    expect(TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);
    assertEquals(
        "Cannot download what is neither a file nor a directory.\n", sandboxFile("pipe", "pipe"));
    assertEquals(
        "Cannot read what is neither a file nor a directory.\n",
        get("/files/read?path=/frameworks/F/executors/pipe/runs/latest/pipe"));
    assertEquals("", get("/health"));
  }

  @Test
  void anEmptyCommandFinishes() throws InterruptedException {
    run("empty", "");
    expect(TaskState.TASK_STARTING, TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);
  }

  @Test
  void aTaskThatFailsSaysHow() throws InterruptedException {
    run("bad", "exit 3");
    expect(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
    var last = next();
    assertEquals(TaskState.TASK_FAILED, last.getState());
    assertEquals("Command exited with status 3", last.getMessage());
  }

  @Test
  void aTaskThatCannotRunSaysWhy() throws InterruptedException {
    var missing = TaskMessages.task("missing", "");
    missing.setCommand(CommandInfo.newBuilder().setShell(false).setValue("/no/such"));
    master.send(record -> record.setRunTask(TaskMessages.run(FRAMEWORK, missing)));
    expect(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
    var failed = next();
    assertEquals(TaskState.TASK_FAILED, failed.getState());
    assertEquals("Command exited with status 1", failed.getMessage());
    assertEquals(
        "Failed to execute command '/no/such': No such file or directory\n",
        sandboxFile("missing", "stderr"));

    var nobodys = TaskMessages.task("nobodys", "true");
    nobodys.getCommandBuilder().setUser("nobody-here");
    master.send(record -> record.setRunTask(TaskMessages.run(FRAMEWORK, nobodys)));
    var lost = next();
    assertEquals(TaskState.TASK_LOST, lost.getState());
    assertEquals(TaskStatus.Reason.REASON_EXECUTOR_TERMINATED, lost.getReason());
    assertTrue(lost.getMessage().endsWith("No such user 'nobody-here'"), lost.getMessage());
  }

  @Test
  void aKilledTaskGetsSigterm() throws InterruptedException {
    run("long", "sleep 1000");
    expect(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
    kill("long", 10_000);
    expect(TaskState.TASK_KILLING);
    var last = next();
    assertEquals(TaskState.TASK_KILLED, last.getState());
    assertEquals("Command terminated with signal Terminated", last.getMessage());
  }

  @Test
  void aTaskThatIgnoresSigtermIsKilledWithAllItsProcessesWhenTheGraceIsOver()
      throws InterruptedException, IOException {
    run(
        "stubborn",
        "trap '' TERM; (setsid sleep 1000 & echo $! > child; wait) & while :; do sleep 1; done");
    expect(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
    var child = awaitPid("stubborn");
    kill("stubborn", 300);
    expect(TaskState.TASK_KILLING);
    var last = next();
    assertEquals(TaskState.TASK_KILLED, last.getState());
    assertEquals("Command terminated with signal Killed", last.getMessage());
    assertFalse(ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false));
  }

  private long awaitPid(String task) {
    while (true) {
      var text = sandboxFile(task, "child").strip();
      if (text.matches("\\d+")) {
        return Long.parseLong(text);
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void theStateShowsWhatRuns() throws InterruptedException {
    run("shown", "sleep 1000");
    expect(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
    var state = get("/slave(1)/state");
    assertTrue(state.contains("\"id\":\"master-S0\""), state);
    assertTrue(state.contains("\"state\":\"TASK_RUNNING\""), state);
    assertTrue(
        state.contains("Command Executor (Task: shown) (Command: sh -c 'sleep 1000')"), state);
    assertEquals("", get("/health"));
    assertTrue(get("/version").contains("\"version\":\"1.11.0\""));
  }

  @Test
  void aStoppedAgentEndsItsTasksAndSaysSo() throws InterruptedException {
    run("last", "sleep 1000");
    expect(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
    var closing = Thread.ofVirtual().start(agent::close);
    expect(TaskState.TASK_KILLING, TaskState.TASK_KILLED);
    assertTrue(master.awaitRecord().hasUnregister());
    closing.join();
    assertEquals(
        "The agent was asked to stop; its tasks are ended",
        agent.stopped().toCompletableFuture().join());
  }

  @Test
  void aStoppedAgentLeavesNoTaskBehindHoweverLongItsGrace() throws InterruptedException {
    agent.close();
    master.close();
    master = new DoubleMaster(vertx, 0);
    agent = startAgent(directory.resolve("hurried"), Duration.ofMillis(300));
    master.awaitSubscription();
    var hour = DurationInfo.newBuilder().setNanoseconds(Duration.ofHours(1).toNanos());
    var patient =
        TaskMessages.task("patient", "trap '' TERM; echo $$ > child; while :; do sleep 1; done")
            .setKillPolicy(KillPolicy.newBuilder().setGracePeriod(hour));
    master.send(record -> record.setRunTask(TaskMessages.run(FRAMEWORK, patient)));
    expect(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
    var child = awaitPid("patient");
    agent.close();
    assertFalse(ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false));
    assertEquals(
        "The agent was asked to stop; its tasks are ended",
        agent.stopped().toCompletableFuture().join());
  }

  @Test
  void aMasterMaySendTheAgentAway() throws InterruptedException {
    master.send(
        record -> record.setShutdown(ToAgent.Shutdown.newBuilder().setMessage("marked gone")));
    var why = agent.stopped().toCompletableFuture().join();
    assertEquals("The master ordered this agent to stop: marked gone; its tasks are ended", why);
  }

  @Test
  void aTaskSurvivesTheRestartOfItsMaster() throws InterruptedException {
    run("survivor", "sleep 1000");
    expect(TaskState.TASK_STARTING, TaskState.TASK_RUNNING);
    var port = master.port();
    master.close();
    master = new DoubleMaster(vertx, port).epoch(2);
    var subscribe = master.awaitSubscription();
    assertEquals("master-S0", subscribe.getAgentInfo().getId().getValue());
    assertEquals(1, subscribe.getLastEpoch());
    assertEquals(
        List.of("survivor"),
        subscribe.getTasksList().stream().map(t -> t.getTaskId().getValue()).toList());
    assertEquals(TaskState.TASK_RUNNING, subscribe.getTasks(0).getState());
    kill("survivor", 1000);
    expect(TaskState.TASK_KILLING, TaskState.TASK_KILLED);
  }

  @Test
  void anotherAgentMayNotUseTheSameDirectory() throws IOException {
    var failure = assertThrows(HostException.class, () -> startAgent(directory.resolve("work")));
    assertTrue(
        failure.getMessage().startsWith("Another agent uses --work_dir="), failure.getMessage());
    assertTrue(Files.exists(directory.resolve("work/agent.lock")));
  }
}
