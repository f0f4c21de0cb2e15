package io.proffer.agent;

import io.proffer.agent.container.launcher.OutputLimits;
import io.proffer.api.flags.Bytes;
import io.proffer.api.flags.Expecting;
import picocli.CommandLine.Option;

/** How much is kept of what tasks write. */
final class AgentOutput {
  @Option(
      names = "--max_stdout_size",
      converter = Expecting.FileLimit.class,
      defaultValue = "0B",
      description =
          "The largest that the stdout of a task becomes; full, it is renamed to stdout.1, that to"
              + " stdout.2, and so on; 0B for no limit (${DEFAULT-VALUE}).")
  private Bytes maxStdoutSize;

  @Option(
      names = "--max_stderr_size",
      converter = Expecting.FileLimit.class,
      defaultValue = "0B",
      description =
          "The largest that the stderr of a task becomes, like --max_stdout_size"
              + " (${DEFAULT-VALUE}).")
  private Bytes maxStderrSize;

  @Option(
      names = "--max_rotated_files",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "9",
      description =
          "How many full files of stdout, and of stderr, are kept beside the last one"
              + " (${DEFAULT-VALUE}).")
  private int maxRotatedFiles;

  OutputLimits limits() {
    return new OutputLimits(maxStdoutSize.value(), maxStderrSize.value(), maxRotatedFiles);
  }
}
