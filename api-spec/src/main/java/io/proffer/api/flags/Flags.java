package io.proffer.api.flags;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Makes command lines that read flags as all binaries do. See the package for how to declare. */
public final class Flags {
  /** Exit code of a wrong flag or value. */
  public static final int USAGE = CommandLine.ExitCode.USAGE;

  private static final OptionSpec CONFIG =
      OptionSpec.builder("--config")
          .paramLabel("FILE")
          .type(Path.class)
          .description(
              "Properties file of flags, name=value. A flag given here or in the environment"
                  + " (PROFFER_NAME, then MESOS_NAME) comes before it.")
          .build();

  private final Map<String, String> environment;

  /** The environment decides what {@code PROFFER_NAME} and {@code MESOS_NAME} say. */
  public Flags(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /** Flags with the environment of this process. */
  public static Flags ofProcess() {
    return new Flags(System.getenv());
  }

  /**
   * The command line of a service: precedence flag, {@code PROFFER_NAME}, {@code MESOS_NAME},
   * properties file ({@code --config}); flags of the reference without a meaning here are accepted
   * with a warning.
   *
   * @param binary {@code master} or {@code agent}: whose list of the reference's flags applies
   */
  public CommandLine service(String binary, Object command) {
    var sources = new FlagSources(environment, ReferenceFlags.of(binary));
    var line = plain(command);
    if (!binary.isEmpty()) {
      line.getCommandSpec().addOption(CONFIG);
      // Sixty flags make no synopsis that anybody reads.
      line.getCommandSpec().usageMessage().abbreviateSynopsis(true);
    }
    FlagArguments.rewrite(line.getCommandSpec(), sources);
    line.setParameterExceptionHandler((wrong, arguments) -> FlagErrors.tell(wrong));
    line.setExecutionExceptionHandler(Flags::failed);
    return line;
  }

  /**
   * The command line of a tool: flags only, no environment and no properties file. Also for the
   * root above the commands of services: errors of a subcommand are told by its root.
   */
  public static CommandLine tool(Object command) {
    return new Flags(Map.of()).service("", command);
  }

  /**
   * Fills a config class with values by flag name without the dashes, defaults for the rest.
   *
   * @throws CommandLine.ParameterException if a name or a value is wrong
   */
  public static <T> T fill(T config, Map<String, String> values) {
    var arguments =
        values.entrySet().stream().map(entry -> "--" + entry.getKey() + "=" + entry.getValue());
    tool(config).parseArgs(arguments.toArray(String[]::new));
    return config;
  }

  private static int failed(Exception failure, CommandLine line, ParseResult parsed)
      throws Exception {
    if (failure instanceof WrongFlagException wrong) {
      return FlagErrors.tell(line, wrong);
    }
    throw failure;
  }

  private static CommandLine plain(Object command) {
    var line = new CommandLine(command);
    line.setExpandAtFiles(false);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(100);
    line.setUsageHelpAutoWidth(true);
    line.setUsageHelpLongOptionsMaxWidth(40);
    line.registerConverter(Duration.class, Expecting::duration);
    line.registerConverter(Bytes.class, Expecting::bytes);
    line.registerConverter(int.class, new Expecting.Whole());
    line.registerConverter(Integer.class, new Expecting.Whole());
    List.copyOf(line.getCommandSpec().options()).forEach(option -> label(line, option));
    return line;
  }

  /** A value without a label of its own is shown by its type, not by the name of a field. */
  private static void label(CommandLine line, OptionSpec option) {
    if (!option.paramLabel().startsWith("<") || option.arity().max() == 0) {
      return;
    }
    var type = option.auxiliaryTypes().length == 0 ? option.type() : option.auxiliaryTypes()[0];
    var label =
        type == Duration.class
            ? "DURATION"
            : type == Bytes.class
                ? "BYTES"
                : type.isPrimitive() || Number.class.isAssignableFrom(type) ? "N" : "VALUE";
    line.getCommandSpec().remove(option);
    line.getCommandSpec().addOption(option.toBuilder().paramLabel(label).build());
  }
}
