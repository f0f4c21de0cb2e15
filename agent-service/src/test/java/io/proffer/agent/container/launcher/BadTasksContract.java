package io.proffer.agent.container.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.fact.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks that cannot run or do harm: they end, others go on, and nothing is left of them. */
@Timeout(300)
abstract class BadTasksContract extends RealContainers {
  /**
   * A tree of 2^N shells, less one, which wait for ever; behind all others, because the machine has
   * more to do.
   */
  private static final String BOMB =
      "mkfifo never; bomb() { echo >> born;"
          + " if [ $1 -gt 1 ]; then bomb $(($1 - 1)) & bomb $(($1 - 1)) & fi;"
          + " read word < never; }; renice -n 19 $$ > /dev/null; bomb ";

  /** How deep a tree it must be able to end. */
  abstract int generations();

  @Test
  void aForkBombIsKilledWholeAndOthersDoNotNotice() throws Exception {
    var other = shell("i=0; while [ ! -e end ]; do i=$((i + 1)); echo $i; sleep 0.05; done");
    expectStarted();
    var bomb = shell(BOMB + generations());
    expectStarted();
    var shells = (1 << generations()) - 1;
    var born = sandbox(bomb).resolve("born");
    while (!Files.exists(born) || Files.size(born) < shells) {
      Thread.onSpinWait();
    }
    assertTrue(Leftovers.processes(sandbox(bomb)).size() >= shells);
    containers.destroy(bomb);
    var ended = assertInstanceOf(ContainerCommand.Exited.class, lateNext());
    assertEquals(new ContainerCommand.Exited(bomb, 9), ended);
    assertEquals(List.of(), Leftovers.processes(sandbox(bomb)));
    Files.createFile(sandbox(other).resolve("end"));
    assertEquals(new ContainerCommand.Exited(other, 0), lateNext());
    var lines = file(other, "stdout").lines().toList();
    assertEquals(Integer.toString(lines.size()), lines.getLast());
    forgetAll();
    assertEquals(Leftovers.NONE, Leftovers.of(directory));
  }

  /** The machine has much to do when a bomb ends. */
  private ContainerCommand lateNext() throws InterruptedException {
    var outcome = outcomes.poll(100, TimeUnit.SECONDS);
    assertTrue(outcome != null, "nothing came of the container");
    return outcome;
  }

  void forgetAll() {
    for (var i = 0; i < launched; i++) {
      containers.forget(id(i));
      untilItIsGone(control(id(i)));
    }
  }

  @Test
  void aFileThatIsNoProgramIsSaidOnStderr() throws IOException, InterruptedException {
    var file = Files.writeString(directory.resolve("data"), "no program");
    for (var what : List.of(file, Files.createDirectory(directory.resolve("place")))) {
      var container = launch(Optional.empty(), what.toString(), List.of(what.toString()));
      expectStarted();
      expectExit(1 << 8);
      assertEquals(
          "Failed to execute command '" + what + "': Permission denied\n",
          file(container, "stderr"));
    }
  }

  @Test
  void aScriptOfAnInterpreterThatIsNotThereIsSaidOnStderr()
      throws IOException, InterruptedException {
    var file = Files.writeString(directory.resolve("script"), "#!/no/such/interpreter\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    var container = launch(Optional.empty(), file.toString(), List.of(file.toString()));
    expectStarted();
    var outcome = assertInstanceOf(ContainerCommand.Exited.class, next());
    assertTrue(outcome.waitStatus() != 0);
    assertTrue(file(container, "stderr").contains(file.toString()), file(container, "stderr"));
  }

  @Test
  void onAFullDiskTheCommandIsToldAndItsEndIsNotLost() throws Exception {
    withDisk(
        "size=1m",
        () -> {
          var container = shell("head -c 20000000 /dev/zero || exit 5");
          expectStarted();
          expectExit(5 << 8);
          assertTrue(Files.size(sandbox(container).resolve("stdout")) > 500_000);
        });
  }

  @Test
  void aDiskWithoutRoomForASandboxIsSaid() throws Exception {
    withDisk(
        "nr_inodes=2",
        () -> {
          var container = shell("true");
          var outcome = assertInstanceOf(ContainerCommand.NoSandbox.class, next());
          assertEquals(
              "Failed to create executor directory '%s': No space left on device"
                  .formatted(sandbox(container)),
              outcome.why());
        });
  }

  interface Body {
    void run() throws Exception;
  }

  /** With a disk of its own for the sandboxes, gone afterwards with all that came of the body. */
  void withDisk(String options, Body body) throws Exception {
    var root = System.getProperty("user.name").equals("root");
    assumeTrue(root, "only root may mount a small disk: skipped");
    var runs = Files.createDirectories(directory.resolve("runs"));
    assumeTrue(
        did("mount", "-t", "tmpfs", "-o", options, "tmpfs", runs.toString()),
        "this host lets not even root mount: skipped");
    try {
      body.run();
    } finally {
      forgetAll();
      assertTrue(did("umount", runs.toString()), "something holds the disk");
    }
    assertEquals(Leftovers.NONE, Leftovers.of(directory));
  }

  private static boolean did(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }

  /** What is on the disk of a container, in bytes. */
  long written(ContainerId container) throws IOException {
    long sum = 0;
    try (var files = Files.newDirectoryStream(sandbox(container))) {
      for (Path file : files) {
        sum += Files.size(file);
      }
    }
    return sum;
  }
}
