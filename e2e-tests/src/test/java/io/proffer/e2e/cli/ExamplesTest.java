package io.proffer.e2e.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.e2e.Cluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ExamplesTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("project.root", "..")).toAbsolutePath().resolve("examples");
  private static final String WALKTHROUGH = EXAMPLES.resolve("walkthrough.sh").toString();
  private static final String FRAMEWORK = EXAMPLES.resolve("framework.py").toString();

  @TempDir Path directory;

  @Test
  void theWalkthroughGoesThroughTheApiWithCurl() throws Exception {
    try (var cluster = Cluster.withAgent();
        var script =
            Tool.example(directory, Map.of("MASTER", Tool.master(cluster)), "sh", WALKTHROUGH)) {
      assertEquals(0, script.await(), script::everything);
      assertTrue(script.out().contains("TASK_FINISHED: Command exited with status 0"));
    }
  }

  @Test
  void theWalkthroughAsksTheLeaderThatAListOfMastersKnows() throws Exception {
    try (var cluster = Cluster.withAgent()) {
      var masters = "127.0.0.1:1," + Tool.master(cluster);
      try (var script = Tool.example(directory, Map.of("MASTER", masters), "sh", WALKTHROUGH)) {
        assertEquals(0, script.await(), script::everything);
      }
      var nobody = Map.of("MASTER", "127.0.0.1:1,127.0.0.1:1");
      try (var script = Tool.example(directory, nobody, "sh", WALKTHROUGH)) {
        assertEquals(1, script.await(), script::everything);
        assertTrue(script.err().contains("that knows a leader, but none does"), script.err());
      }
    }
  }

  @Test
  void thePythonFrameworkLaunchesCommandsAndEndsWithTheirStatus() throws Exception {
    try (var cluster = Cluster.withAgent()) {
      try (var script = python(cluster, "--instances=3", "--command=true")) {
        assertEquals(0, script.await(), script::everything);
      }
      try (var script = python(cluster, "--instances=1", "--command=exit 4")) {
        assertEquals(1, script.await(), script::everything);
      }
    }
  }

  @Test
  void thePythonFrameworkSurvivesAMasterThatDiesAndComesBack() throws Exception {
    var done = directory.resolve("done");
    var command = "until test -e " + done + "; do sleep 0.1; done";
    try (var cluster = Cluster.withAgent();
        var script = python(cluster, "--instances=2", "--command=" + command)) {
      script.awaitText("python-1 TASK_RUNNING");
      script.awaitText("python-2 TASK_RUNNING");
      cluster.masterProcess().kill();
      script.awaitText("stream lost");
      cluster.startMaster();
      Files.createFile(done);
      assertEquals(0, script.await(), script::everything);
    }
  }

  @Test
  void thePythonFrameworkTearsDownOnANewStreamWhenItsLastCallFoundNone() throws Exception {
    try (var master = new ForgetfulMaster();
        var script = python("127.0.0.1:" + master.port(), "--instances=1")) {
      assertEquals(0, script.await(), script::everything);
      assertEquals(
          List.of("SUBSCRIBE", "ACCEPT on s1", "SUBSCRIBE", "TEARDOWN on s2"), master.taken());
    }
  }

  @Test
  void thePythonExecutorRunsManyTasksInOneProcess() throws Exception {
    try (var cluster = Cluster.withAgent()) {
      try (var script = python(cluster, "--instances=3", "--command=true", executor())) {
        assertEquals(0, script.await(), script::everything);
      }
      try (var script = python(cluster, "--instances=2", "--command=exit 4", executor())) {
        assertEquals(1, script.await(), script::everything);
        assertTrue(script.out().contains("TASK_FAILED exited with status 4"), script.out());
      }
    }
  }

  @Test
  void aTaskThatThePythonExecutorCannotStartFailsWithTheReason() throws Exception {
    // With so small a stack the system takes 128 KB of arguments and environment together.
    var small = "--executor=ulimit -s 512; exec python3 " + EXAMPLES.resolve("executor.py");
    var command = "--command=true " + "x".repeat(131_000);
    try (var cluster = Cluster.withAgent();
        var script = python(cluster, "--instances=1", command, small)) {
      assertEquals(1, script.await(), script::everything);
      assertTrue(
          script.out().contains("TASK_FAILED its command cannot be run: [Errno 7]"), script.out());
    }
  }

  @Test
  void thePythonExecutorSurvivesAnAgentThatDiesAndComesBack() throws Exception {
    var done = directory.resolve("done");
    var command = "until test -e " + done + "; do sleep 0.1; done";
    try (var cluster = Cluster.master()) {
      cluster.addAgent(
          Cluster.RESOURCES,
          "--executor_reregistration_timeout=10secs",
          "--http_executor_domain_sockets=true");
      cluster.awaitAgents(1);
      try (var script = python(cluster, "--instances=2", "--command=" + command, executor())) {
        script.awaitText("python-1 TASK_RUNNING");
        script.awaitText("python-2 TASK_RUNNING");
        cluster.agentProcess(0).kill();
        // They end while nobody listens: their executor keeps what it has to say.
        Files.createFile(done);
        cluster.startAgent(0).awaitHealthy(cluster.agentPort(0));
        assertEquals(0, script.await(), script::everything);
      }
    }
  }

  private static String executor() {
    return "--executor=exec python3 " + EXAMPLES.resolve("executor.py");
  }

  private Tool python(Cluster cluster, String... flags) throws Exception {
    return python(Tool.master(cluster), flags);
  }

  private Tool python(String master, String... flags) throws Exception {
    var command = new String[flags.length + 3];
    command[0] = "python3";
    command[1] = FRAMEWORK;
    command[2] = "--master=" + master;
    System.arraycopy(flags, 0, command, 3, flags.length);
    return Tool.example(directory, Map.of(), command);
  }
}
