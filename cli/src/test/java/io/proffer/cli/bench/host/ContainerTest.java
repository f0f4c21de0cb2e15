package io.proffer.cli.bench.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two shells play supervisors, each of one sleep. */
@Timeout(30)
class ContainerTest {
  private Process first;
  private Process second;

  @BeforeEach
  void start() throws Exception {
    first = supervisor();
    second = supervisor();
  }

  @AfterEach
  void end() {
    for (var one : List.of(first, second)) {
      one.descendants().forEach(ProcessHandle::destroyForcibly);
      one.destroyForcibly();
    }
  }

  @Test
  void thoseThatRunOnAreFoundAgain() throws Exception {
    var before = containers();
    assertEquals(2, before.size());
    assertTrue(before.stream().allMatch(Container::isComplete));
    assertEquals(before, containers());
    for (var container : before) {
      assertTrue(container.supervisorBytes() > 0);
      assertTrue(container.taskBytes() > 0);
    }
  }

  @Test
  void oneWhoseTaskHasEndedIsNotTheSame() throws Exception {
    var before = containers();
    var task = first.children().findFirst().orElseThrow();
    task.destroyForcibly();
    task.onExit().get();
    assertEquals(1, lost(before));
  }

  @Test
  void oneWhoseSupervisorHasEndedIsGone() throws Exception {
    var before = containers();
    second.children().forEach(ProcessHandle::destroyForcibly);
    second.destroyForcibly().waitFor();
    assertEquals(1, lost(before));
  }

  private long lost(Set<Container> before) {
    var now = containers();
    return before.stream().filter(one -> !now.contains(one)).count();
  }

  private Set<Container> containers() {
    return Container.of(List.of(first.pid(), second.pid()));
  }

  /** Done when the sleep is there; what it prints is its number. */
  private static Process supervisor() throws Exception {
    var process = new ProcessBuilder("sh", "-c", "sleep 1000 & echo $!; wait; read never").start();
    assertTrue(process.inputReader().readLine().matches("\\d+"));
    return process;
  }
}
