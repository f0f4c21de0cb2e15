package io.proffer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code docs/flags.md} lists each flag there is, and no other. */
class FlagsDocumentTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("project.root", ".."), "docs", "flags.md");
  private static final List<String> COMMANDS =
      List.of(
          "master",
          "agent",
          "agent drain",
          "agent deactivate",
          "agent reactivate",
          "agent gone",
          "local",
          "run",
          "state",
          "masters",
          "agents",
          "frameworks",
          "tasks",
          "quota",
          "quota set",
          "quota remove",
          "weights",
          "weights set",
          "maintenance",
          "maintenance show",
          "maintenance schedule",
          "maintenance start",
          "maintenance stop",
          "explain",
          "logs",
          "events",
          "top",
          "zookeeper",
          "bench",
          "bench agent");

  @Test
  void noCommandIsForgotten() {
    assertEquals(new TreeSet<>(COMMANDS), new TreeSet<>(commands().keySet()));
  }

  @Test
  void theDocumentSaysWhatTheCommandsTake() throws IOException {
    var text = document();
    if (Boolean.getBoolean("flags.update")) {
      Files.writeString(DOCUMENT, text);
    }
    assertEquals(
        text,
        Files.readString(DOCUMENT),
        "docs/flags.md is not true any more. This writes it: ./mvnw -pl cli -am test"
            + " -Dtest=FlagsDocumentTest -Dflags.update -Dsurefire.failIfNoSpecifiedTests=false");
  }

  private static String document() {
    var text =
        new StringBuilder(
            """
            # Flags

            Written by `FlagsDocumentTest` from the commands themselves. Flags are given as `--name value` or
            `--name=value`, booleans as `--name`, `--no-name` or `--name=false`. `proffer master` and `proffer agent`
            also read, in this order of precedence after the command line: the environment variables `PROFFER_NAME`
            and `MESOS_NAME` (the flag's name in upper case; then `LIBPROCESS_SSL_NAME` for `--ssl_name`), and the properties file given with `--config`. A value
            `file:///path` stands for what that file says. Flags of Mesos that mean nothing here are accepted with a
            warning. Those that ask for rules of who may do what are refused, given in the
            environment too. Any other unknown flag is an error. Durations are written `500ms`, `10secs`, `1.5mins`,
            `2hrs`, `7days`, `1weeks`; amounts of bytes `64KB`, `8MB`, `1GB`.
            """);
    var commands = commands();
    for (var name : COMMANDS) {
      text.append("\n## proffer ")
          .append(name)
          .append("\n\n| Flag | Default | Meaning |\n|---|---|---|\n");
      append(text, commands.get(name));
    }
    return text.toString();
  }

  /** All but those that have no flags, those of commands too, as in {@code bench agent}. */
  private static Map<String, CommandLine> commands() {
    var all = new HashMap<String, CommandLine>();
    Proffer.commandLine()
        .getSubcommands()
        .forEach(
            (name, command) -> {
              all.put(name, command);
              command.getSubcommands().forEach((more, below) -> all.put(name + " " + more, below));
            });
    all.remove("help");
    all.remove("completion");
    return all;
  }

  private static void append(StringBuilder text, CommandLine command) {
    command.getCommandSpec().options().stream()
        .filter(option -> !option.usageHelp() && !option.versionHelp() && !option.hidden())
        .sorted((a, b) -> a.longestName().compareTo(b.longestName()))
        .forEach(option -> text.append(row(option)));
  }

  private static String row(OptionSpec option) {
    var names = String.join("`, `", option.names());
    return "| `%s` | %s | %s |\n".formatted(names, defaultOf(option), cell(meaning(option)));
  }

  /** The description without the default, which has a column of its own. */
  private static String meaning(OptionSpec option) {
    var text = String.join(" ", option.description());
    var value = String.valueOf(option.defaultValue());
    for (var form : List.of("${DEFAULT-VALUE}", value)) {
      text =
          text.replace(" (" + form + ")", "")
              .replace(" (default: " + form + ")", "")
              .replace(" (default: '" + form + "'", " (")
              .replace(" (; ", " (")
              .replace(" ()", "");
    }
    return text;
  }

  private static String defaultOf(OptionSpec option) {
    if (option.required()) {
      return "required";
    }
    var value = option.defaultValue();
    if (value != null && !value.isEmpty()) {
      return "`" + cell(value) + "`";
    }
    return option.type() == boolean.class ? "`false`" : "";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
