package io.proffer.e2e.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.zookeeper.LastingMasters;
import io.proffer.e2e.Cluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents, the command line and the examples find by one URL who leads. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DetectionTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("project.root", "..")).toAbsolutePath().resolve("examples");

  /** Nobody listens there: a leader that has just died. */
  private static final int DEAD = 1;

  @TempDir Path directory;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final LastingMasters lasting = own(new LastingMasters("/proffer"));
  private int candidates;

  @AfterEach
  void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private <T extends AutoCloseable> T own(T part) {
    open.push(part);
    return part;
  }

  private String url() {
    return lasting.url().toString();
  }

  private String candidate(int port) {
    return lasting.lay(candidates++, port);
  }

  private Tool python(String masters, String command) throws Exception {
    var script = EXAMPLES.resolve("framework.py").toString();
    return own(
        Tool.example(
            directory,
            Map.of(),
            "python3",
            script,
            "--instances=1",
            "--master=" + masters,
            "--command=" + command));
  }

  @Test
  void agentsAndCommandsFollowALeaderThatComesLater() throws Exception {
    var dead = candidate(DEAD);
    try (var cluster = Cluster.master()) {
      var agent = cluster.addAgent(Cluster.RESOURCES, "--master=" + url());
      assertTrue(agent > 0);
      var run = own(Tool.proffer(directory, "run", "--master=" + url(), "--command=echo hello"));
      assertEquals(1, run.await(), run::everything);
      assertTrue(run.err().contains("Nothing listens at 127.0.0.1:1."), run::everything);
      candidate(cluster.masterPort());
      lasting.remove(dead);
      cluster.awaitAgents(1);
      var again = own(Tool.proffer(directory, "run", "--master=" + url(), "--command=echo hello"));
      assertEquals(0, again.await(), again::everything);
      assertEquals("hello\n", again.out());
      // Nothing of ZooKeeper's client among what the command says.
      assertFalse(again.err().contains("zookeeper"), again::everything);
      var agents =
          own(
              Tool.proffer(
                  directory, "agents", "--master=127.0.0.1:1,127.0.0.1:" + cluster.masterPort()));
      assertEquals(0, agents.await(), agents::everything);
      assertTrue(agents.out().contains("-S0"), agents::everything);
    }
  }

  @Test
  void whatAFileSaysOfMastersMayChangeWhileAnAgentLooksThere() throws Exception {
    try (var cluster = Cluster.master()) {
      var file = Files.writeString(directory.resolve("masters"), "127.0.0.1:1\n");
      cluster.addAgent(Cluster.RESOURCES, "--master=file://" + file);
      Files.writeString(file, "127.0.0.1:1\n127.0.0.1:" + cluster.masterPort() + "\n");
      cluster.awaitAgents(1);
    }
  }

  @Test
  void runWaitsForTheEndOfAnElection() throws Exception {
    try (var cluster = Cluster.withAgent()) {
      var file = Files.writeString(directory.resolve("masters"), url() + "\n");
      var run = own(Tool.proffer(directory, "run", "--master=file://" + file, "--command=true"));
      run.awaitText("Nobody leads under " + url());
      candidate(cluster.masterPort());
      assertEquals(0, run.await(), run::everything);
    }
  }

  @Test
  void thePythonFrameworkFollowsTheLeaderFromOneMasterToTheNext() throws Exception {
    var done = directory.resolve("done");
    try (var cluster = Cluster.withAgent()) {
      var dead = candidate(DEAD);
      var script = python(url(), "until test -e " + done + "; do sleep 0.1; done");
      script.awaitText("stream lost");
      var first = candidate(cluster.masterPort());
      lasting.remove(dead);
      script.awaitText("python-1 TASK_RUNNING");
      // The same master again, elected anew after its end: between the two nobody leads.
      lasting.remove(first);
      cluster.masterProcess().kill();
      script.awaitText("nobody leads under /proffer in ZooKeeper");
      cluster.startMaster();
      candidate(cluster.masterPort());
      Files.createFile(done);
      assertEquals(0, script.await(), script::everything);
    }
  }

  @Test
  void thePythonFrameworkTakesAListAndAFile() throws Exception {
    try (var cluster = Cluster.withAgent()) {
      var list = "127.0.0.1:1,127.0.0.1:" + cluster.masterPort();
      var script = python(list, "true");
      assertEquals(0, script.await(), script::everything);
      candidate(cluster.masterPort());
      var file = Files.writeString(directory.resolve("masters"), url() + "\n");
      script = python("file://" + file, "true");
      assertEquals(0, script.await(), script::everything);
    }
  }

  @Test
  void thePythonDetectorPassesOverWhatIsNoMasterAndServersThatAreAway() throws Exception {
    lasting.make("/proffer/log_replicas");
    lasting.make("/proffer/x_0000000000");
    candidate(5050);
    candidate(5052);
    var servers = lasting.url().connectString();
    for (var url :
        new String[] {
          url(),
          "zk://127.0.0.1:1," + servers + "/proffer/",
          "zk://user:se@cret@" + servers + "/proffer"
        }) {
      var detector = detector(url);
      assertEquals(0, detector.await(), detector::everything);
      assertEquals("127.0.0.1:5050\n", detector.out());
    }
    var nobody = detector("zk://" + servers + "/other");
    assertEquals(1, nobody.await(), nobody::everything);
    assertEquals("detector.py: nobody leads under /other in ZooKeeper\n", nobody.err());
  }

  private Tool detector(String url) throws Exception {
    var script = EXAMPLES.resolve("detector.py").toString();
    return own(Tool.example(directory, Map.of(), "python3", script, url));
  }

  /** As the README of the examples says it. */
  @Test
  void curlIsToldWhoLeadsByAnyMaster() throws Exception {
    try (var cluster = Cluster.master()) {
      var curl =
          own(
              Tool.example(
                  directory,
                  Map.of(),
                  "curl",
                  "-sS",
                  "-o",
                  "/dev/null",
                  "-w",
                  "%{redirect_url}",
                  cluster.masterUrl() + "/redirect"));
      assertEquals(0, curl.await(), curl::everything);
      assertEquals(":" + cluster.masterPort() + "/", curl.out().replaceFirst("^http://[^:]+", ""));
    }
  }
}
