package io.proffer.agent.container.launcher;

import java.io.IOException;
import java.nio.file.Path;

/** The script. */
final class ScriptBadTasksTest extends BadTasksContract {
  @Override
  Supervisor supervisor(Path directory) throws IOException {
    return Supervisor.script(directory);
  }

  /** It takes a look at each process, for each of them. */
  @Override
  int generations() {
    return 6;
  }
}
