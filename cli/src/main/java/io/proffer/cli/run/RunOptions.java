package io.proffer.cli.run;

import io.proffer.api.flags.Expecting;
import java.util.LinkedHashMap;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The flags of {@code proffer run} that describe the job. */
public final class RunOptions {
  @Option(
      names = "--command",
      required = true,
      paramLabel = "COMMAND",
      description = "What each task runs, by /bin/sh -c.")
  private String command;

  @Option(
      names = "--resources",
      paramLabel = "'NAME:AMOUNT;...'",
      defaultValue = "cpus:0.1;mem:32",
      converter = ScalarsConverter.class,
      description = "What each task needs (default: '${DEFAULT-VALUE}'; mem and disk in MB).")
  private Scalars need;

  @Option(
      names = "--instances",
      converter = Expecting.AtLeastOne.class,
      paramLabel = "N",
      defaultValue = "1",
      description = "How many tasks to run (default: ${DEFAULT-VALUE}).")
  private int instances;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "proffer-run",
      description = "Name of the framework and its tasks (default: ${DEFAULT-VALUE}).")
  private String name;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      defaultValue = "*",
      description = "Role whose resources are used (default: ${DEFAULT-VALUE}).")
  private String role;

  @Option(
      names = "--user",
      paramLabel = "USER",
      description = "Account the tasks run as (default: the one that calls).")
  private String user = System.getProperty("user.name");

  @Option(
      names = "--env",
      paramLabel = "KEY=VALUE",
      converter = VariableConverter.class,
      description = "A variable of the tasks' environment; may be given several times.")
  private List<Variable> environment = List.of();

  @Option(
      names = "--quiet",
      description = "No progress on standard error, only output and errors of the tasks.")
  private boolean quiet;

  boolean quiet() {
    return quiet;
  }

  String command() {
    return command;
  }

  Job job() {
    var variables = new LinkedHashMap<String, String>();
    environment.forEach(variable -> variables.put(variable.key(), variable.value()));
    return new Job(name, role, user, command, variables, need, instances);
  }

  /** One {@code --env}; of several with the same key the last one holds. */
  record Variable(String key, String value) {}

  static final class VariableConverter implements ITypeConverter<Variable> {
    @Override
    public Variable convert(String text) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new TypeConversionException("Expected KEY=VALUE, but got '" + text + "'");
      }
      return new Variable(text.substring(0, equals), text.substring(equals + 1));
    }
  }

  static final class ScalarsConverter implements ITypeConverter<Scalars> {
    @Override
    public Scalars convert(String text) {
      try {
        return Scalars.parse(text);
      } catch (IllegalArgumentException wrong) {
        throw new TypeConversionException(wrong.getMessage());
      }
    }
  }
}
