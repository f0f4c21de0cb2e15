package io.proffer.agent.container.launcher;

import java.io.IOException;
import java.nio.file.Path;

/** The script for hosts without a compiler. */
final class ScriptAdoptionTest extends AdoptionContract {
  @Override
  Supervisor supervisor(Path directory) throws IOException {
    return Supervisor.script(directory);
  }
}
