package io.proffer.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete commands and flags. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {"Prints the completion of commands and flags for bash and zsh."},
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(proffer completion)                        for this shell",
      "  proffer completion > /etc/bash_completion.d/proffer  for all to come"
    })
final class CompletionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    var out = spec.commandLine().getOut();
    out.print(AutoComplete.bash("proffer", spec.root().commandLine()));
    out.flush();
  }
}
