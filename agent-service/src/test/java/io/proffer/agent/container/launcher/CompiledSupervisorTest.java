package io.proffer.agent.container.launcher;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.proffer.agent.core.command.ContainerCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The C program; left out where the build had no compiler. */
final class CompiledSupervisorTest extends SupervisorContract {
  @Override
  Supervisor supervisor(Path directory) throws IOException {
    var supervisor = Supervisor.compiled(directory);
    assumeTrue(supervisor.isPresent(), "the build had no C compiler");
    return supervisor.get();
  }

  /** Neither its session nor its environment tells whose it is: only who has forked it. */
  @Test
  void whoHidesIsKilledToo() throws InterruptedException, IOException {
    var container =
        shell(
            "env -i setsid sh -c 'sleep 4322 & echo $! > child; sleep 4322' & echo $! > hidden;"
                + " until [ -s child ]; do sleep 0.01; done; kill -9 $PPID; sleep 1000");
    expectStarted();
    assertInstanceOf(ContainerCommand.Vanished.class, next());
    for (var name : List.of("hidden", "child")) {
      var hidden = pid(container, name);
      while (isAlive(hidden)) {
        Thread.onSpinWait();
      }
    }
  }
}
