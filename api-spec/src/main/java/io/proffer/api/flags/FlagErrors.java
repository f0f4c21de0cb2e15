package io.proffer.api.flags;

import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells on two lines what was wrong and where to read more; exit code {@link Flags#USAGE}. As
 * {@link FlagArguments}, it implements no interface of picocli.
 */
final class FlagErrors {
  private FlagErrors() {}

  /** What cannot be parsed. */
  static int tell(ParameterException wrong) {
    var message =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched(unmatched)
            : wrong.getMessage();
    return tell(wrong.getCommandLine(), message, wrong.getArgSpec());
  }

  /** The same for a value that was found wrong later. */
  static int tell(CommandLine line, WrongFlagException wrong) {
    return tell(line, wrong.getMessage(), line.getCommandSpec().findOption(wrong.flag()));
  }

  private static int tell(CommandLine line, String message, ArgSpec argument) {
    var name = line.getCommandSpec().qualifiedName();
    var sentence = message.endsWith(".") || message.endsWith("?") ? message : message + ".";
    line.getErr().println(name + ": " + sentence + origin(line, argument));
    line.getErr().println("See '" + name + " --help'.");
    line.getErr().flush();
    return Flags.USAGE;
  }

  private static String unmatched(UnmatchedArgumentException wrong) {
    var given = wrong.getUnmatched().getFirst();
    var commands = wrong.getCommandLine().getSubcommands().keySet();
    if (commands.isEmpty()) {
      return "Expected flags like --name=value, but got '" + given + "'.";
    }
    return "Unknown command '"
        + given
        + "'."
        + Suggestion.closest(given, commands)
            .map(close -> " Did you mean '" + close + "'?")
            .orElse("");
  }

  private static String origin(CommandLine line, ArgSpec argument) {
    var arguments = FlagArguments.of(line.getCommandSpec());
    if (!(argument instanceof OptionSpec option) || arguments.isEmpty()) {
      return "";
    }
    for (var name : option.names()) {
      var origin = arguments.get().origin(name);
      if (origin.isPresent()) {
        return " (The value came from " + origin.get() + ".)";
      }
    }
    return "";
  }
}
