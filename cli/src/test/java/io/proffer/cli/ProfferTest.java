package io.proffer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The command line that is made for one command is that of all commands, as far as it can be seen.
 */
final class ProfferTest {
  @Test
  void eachCommandHasItsNameAndNothingBesideIt() {
    for (var name : Proffer.commands().keySet()) {
      assertEquals(Set.of(name), Proffer.commandLine(name).getSubcommands().keySet());
    }
  }

  @Test
  void eachCommandSaysTheSameOfItselfAloneAndAmongTheOthers() {
    for (var name : Proffer.commands().keySet()) {
      for (var arguments : List.of(List.of(name, "--help"), List.of(name, "--no-such-flag"))) {
        assertEquals(
            said(Proffer.commandLine(), arguments),
            said(Proffer.commandLine(arguments.toArray(String[]::new)), arguments));
      }
    }
  }

  @Test
  void whatIsNoCommandIsAnsweredByAll() {
    var all = Proffer.commandLine().getSubcommands().keySet();
    for (var arguments : List.of(List.<String>of(), List.of("--help"), List.of("nothing"))) {
      assertEquals(
          all, Proffer.commandLine(arguments.toArray(String[]::new)).getSubcommands().keySet());
    }
  }

  private static String said(CommandLine line, List<String> arguments) {
    var said = new StringWriter();
    var writer = new PrintWriter(said, true);
    int code = line.setOut(writer).setErr(writer).execute(arguments.toArray(String[]::new));
    return code + "\n" + said;
  }
}
