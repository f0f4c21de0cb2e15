package io.proffer.agent.container.launcher;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;

/** The C program, started by the JVM each time. */
final class DirectAdoptionTest extends AdoptionContract {
  @Override
  Supervisor supervisor(Path directory) throws IOException {
    var supervisor = Supervisor.compiled(directory);
    assumeTrue(supervisor.isPresent(), "the build had no C compiler");
    return supervisor.get().alone();
  }
}
