package io.proffer.e2e.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The units under a real systemd, hardening and all, where this host can boot one in runc. */
@Timeout(180)
final class SystemdBootTest {
  private static final String UNTRIED = "the units are not run";
  private static final Path JAR = Deployment.ROOT.resolve("cli/target/proffer.jar");
  private static final String HOME = "var/lib/proffer-agent/";

  @TempDir Path directory;

  @Test
  void aTaskOutlivesTheAgentsUnitUntilTheAgentIsToldToEndIt() throws Exception {
    var runc = Program.needed("runc", UNTRIED);
    if (!Files.isExecutable(Path.of("/usr/lib/systemd/systemd"))) {
      Program.skipped("there is no /usr/lib/systemd/systemd on this host: " + UNTRIED);
    }
    if (!System.getProperty("user.name").equals("root")) {
      Program.skipped("only root can boot a systemd in a container: " + UNTRIED);
    }
    if (!Files.exists(JAR)) {
      Program.skipped("there is no cli/target/proffer.jar, which ./mvnw package makes: " + UNTRIED);
    }
    try (var host = BootedHost.boot(runc, directory, JAR)) {
      var first = launch(host, "first");
      var before = host.show("proffer-agent");
      restart(host, "systemctl", "restart", "proffer-agent");
      assertNotEquals(before.get("MainPID"), host.show("proffer-agent").get("MainPID"));
      restart(host, "systemctl", "kill", "--signal=KILL", "--kill-whom=main", "proffer-agent");
      Files.createFile(host.path(HOME + "first.done"));
      assertEquals(0, Program.await(first.process(), "proffer run", first::output), first::output);
      assertTrue(first.output().contains("task-1 is TASK_FINISHED"), first::output);

      var second = launch(host, "second");
      host.run("systemctl", "kill", "--signal=USR1", "--kill-whom=main", "proffer-agent");
      Program.await(second.process(), "proffer run", second::output);
      assertTrue(second.output().contains("task-1 is TASK_KILLED"), second::output);
      await(host, "the end", () -> state(host, "proffer-agent").equals("inactive"));
      assertEquals("success", host.show("proffer-agent").get("Result"), host::log);
      assertEquals("active", state(host, "proffer-master"), host::log);
    }
  }

  private record Launched(Process process, Path log) {
    String output() {
      return Program.read(log);
    }
  }

  /** Runs a task that ends when it is told to; returns when it runs. */
  private Launched launch(BootedHost host, String name) throws Exception {
    var path = "/" + HOME + name;
    var command = "touch " + path + ".runs; until test -e " + path + ".done; do sleep 0.1; done";
    var log = directory.resolve(name + ".txt");
    await(host, "an agent", () -> host.log().contains("Registered with master"));
    var process = host.start(log, "/opt/proffer/bin/proffer", "run", "--command", command);
    await(
        host,
        name,
        () -> {
          assertTrue(process.isAlive(), () -> Program.read(log));
          return Files.exists(host.path(HOME + name + ".runs"));
        });
    return new Launched(process, log);
  }

  /** Has the agent end, and waits until another one has taken over. */
  private static void restart(BootedHost host, String... command) {
    var before = host.show("proffer-agent").get("MainPID");
    assertEquals(0, host.run(command).status(), host::log);
    await(
        host,
        "another agent",
        () -> {
          var now = host.show("proffer-agent");
          return now.getOrDefault("ActiveState", "").equals("active")
              && !now.get("MainPID").equals(before);
        });
  }

  private static String state(BootedHost host, String unit) {
    return host.show(unit).getOrDefault("ActiveState", "");
  }

  private static void await(BootedHost host, String what, BooleanSupplier condition) {
    try {
      Awaitility.await(what)
          .atMost(Duration.ofSeconds(90))
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                assertTrue(host.alive(), host::log);
                return condition.getAsBoolean();
              });
    } catch (ConditionTimeoutException late) {
      throw new AssertionError(what + " is not to be seen:\n" + host.log(), late);
    }
  }
}
