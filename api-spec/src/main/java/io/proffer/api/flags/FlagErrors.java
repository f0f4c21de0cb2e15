package io.proffer.api.flags;

import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells on two lines what was wrong and where to read more; exit code {@link Flags#USAGE}. */
final class FlagErrors implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    var line = wrong.getCommandLine();
    var name = line.getCommandSpec().qualifiedName();
    line.getErr().println(name + ": " + sentence(wrong) + origin(wrong));
    line.getErr().println("See '" + name + " --help'.");
    line.getErr().flush();
    return Flags.USAGE;
  }

  private static String sentence(ParameterException wrong) {
    var message =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched(unmatched)
            : wrong.getMessage();
    return message.endsWith(".") || message.endsWith("?") ? message : message + ".";
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

  private static String origin(ParameterException wrong) {
    var preprocessor = wrong.getCommandLine().getCommandSpec().preprocessor();
    if (!(wrong.getArgSpec() instanceof OptionSpec option)
        || !(preprocessor instanceof FlagArguments arguments)) {
      return "";
    }
    for (var name : option.names()) {
      var origin = arguments.origin(name);
      if (origin.isPresent()) {
        return " (The value came from " + origin.get() + ".)";
      }
    }
    return "";
  }
}
