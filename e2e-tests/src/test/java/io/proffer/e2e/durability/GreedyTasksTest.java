package io.proffer.e2e.durability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.ContainerProcesses;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks that take all there is: they are bounded, or ended, and others do not notice. */
@Timeout(600)
final class GreedyTasksTest {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int MB = 1 << 20;

  /** The least that a task writes; each is a few seconds of work for the host. */
  private static final int GIGABYTES = Integer.getInteger("output.gigabytes", 2);

  /** A tree of 2^N shells, less one, which heed no SIGTERM and wait for ever. */
  private static final int GENERATIONS = Integer.getInteger("bomb.generations", 10);

  private static final String BOMB =
      "trap '' TERM; mkfifo never; bomb() { echo >> born;"
          + " if [ $1 -gt 1 ]; then bomb $(($1 - 1)) & bomb $(($1 - 1)) & fi;"
          + " read word < never; }; bomb "
          + GENERATIONS;

  private Cluster cluster;
  private Scheduler scheduler;
  private long others;

  @BeforeEach
  void anotherTaskRuns() {
    cluster = Cluster.master();
    cluster.addAgent(Cluster.RESOURCES, "--max_stdout_size=4MB", "--max_rotated_files=2");
    scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("greedy"));
    launch("other", "while :; do echo; sleep 0.05; done");
    others = size(sandbox("other").resolve("stdout"));
  }

  @AfterEach
  void theOtherWorksOnAndNothingElseIsLeft() throws IOException {
    Awaitility.await("the other task works on")
        .atMost(PATIENCE)
        .until(() -> size(sandbox("other").resolve("stdout")) > others);
    scheduler.accepted(kill("other"));
    scheduler.awaitUpdate("other", "TASK_KILLED");
    scheduler.teardown();
    scheduler.close();
    ContainerProcesses.awaitNothingLeft(cluster, PATIENCE);
    var mounts = Files.readString(Path.of("/proc/self/mountinfo"));
    assertFalse(mounts.contains(cluster.directory().toString()), mounts);
    cluster.close();
  }

  private JsonNode launch(String task, String command) {
    var offer = scheduler.awaitOffer();
    scheduler.launch(offer, List.of(Scheduler.task(task, command, offer)));
    return scheduler.awaitUpdate(task, "TASK_RUNNING");
  }

  private Path sandbox(String task) {
    var state = Json.get("http://127.0.0.1:" + cluster.agentPort(0) + "/state");
    for (var executor : state.at("/frameworks/0/executors")) {
      if (executor.path("id").asText().equals(task)) {
        return Path.of(executor.path("directory").asText());
      }
    }
    throw new AssertionError(task + " does not run: " + state);
  }

  /** Of nothing 0. */
  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (NoSuchFileException none) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void outputWithoutEndTakesNoMoreOfTheDiskThanItMay() {
    var bytes = (long) GIGABYTES << 30;
    launch(
        "loud", "while [ ! -e go ]; do sleep 0.05; done; head -c " + bytes + " /dev/zero; exit 4");
    var sandbox = sandbox("loud");
    var told = new ArrayList<JsonNode>();
    var most = new ArrayList<>(List.of(0L));
    create(sandbox.resolve("go"));
    Awaitility.await("its end")
        .atMost(PATIENCE)
        .until(
            () -> {
              most.add(written(sandbox));
              var event = scheduler.next(Duration.ofMillis(20));
              var status = event == null ? Json.of("{}") : event.at("/update/status");
              if (status.at("/task_id/value").asText().equals("loud")) {
                scheduler.acknowledge(status);
                told.add(status);
              }
              return !told.isEmpty();
            });
    assertEquals("TASK_FAILED", told.getFirst().path("state").asText());
    assertEquals("Command exited with status 4", told.getFirst().path("message").asText());
    // A file that is full, two that were kept, and one that is being removed.
    assertTrue(most.stream().allMatch(size -> size <= 4 * 4 * MB), most.toString());
    assertTrue(written(sandbox) > 2 * 4 * MB, "its last files are there");
    assertTrue(written(sandbox) <= 3 * 4 * MB, "and no more of them");
  }

  private static long written(Path sandbox) {
    return size(sandbox.resolve("stdout"))
        + size(sandbox.resolve("stdout.1"))
        + size(sandbox.resolve("stdout.2"))
        + size(sandbox.resolve("stdout.3"));
  }

  private static void create(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aForkBombThatHeedsNoSignalIsEndedWhole() {
    launch("bomb", BOMB);
    var shells = (1 << GENERATIONS) - 1;
    var born = sandbox("bomb").resolve("born");
    Awaitility.await("all of its shells").atMost(PATIENCE).until(() -> size(born) >= shells);
    var running = ContainerProcesses.of(cluster).size();
    assertTrue(running >= shells, running + " run");

    scheduler.accepted(kill("bomb"));
    var killed = scheduler.awaitUpdate("bomb", "TASK_KILLED");
    assertEquals("Command terminated with signal Killed", killed.path("message").asText());
    assertEquals("SOURCE_EXECUTOR", killed.path("source").asText());
    assertFalse(killed.has("reason"), killed.toString());
    assertTrue(ContainerProcesses.of(cluster).size() < 10, "its shells are gone when that is told");
  }

  private static ObjectNode kill(String task) {
    return Json.of(
        "{'type':'KILL','kill':{'task_id':{'value':'"
            + task
            + "'},'kill_policy':{'grace_period':{'nanoseconds':500000000}}}}");
  }
}
