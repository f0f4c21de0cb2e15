package io.proffer.api.flags;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import java.util.TreeSet;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Rewrites what was typed, plus environment and properties file, to {@code --name=value} arguments
 * of flags the command declares; warns of the reference's other flags; refuses the rest.
 */
final class FlagArguments implements IParameterPreprocessor {
  private static final String CONFIG = "config";
  private static final String FILE = "file://";

  private final FlagSources sources;

  FlagArguments(FlagSources sources) {
    this.sources = sources;
  }

  /** Where the value of an option came from, if not from the command line. */
  Optional<String> origin(String option) {
    return sources.origin(option);
  }

  @Override
  @SuppressWarnings("JdkObsolete") // picocli hands over a Stack
  public boolean preprocess(
      Stack<String> stack, CommandSpec spec, ArgSpec argument, Map<String, Object> info) {
    var typed = new ArrayList<String>();
    while (!stack.isEmpty()) {
      typed.add(stack.pop());
    }
    var pass = new Pass(spec);
    pass.read(typed);
    pass.addEnvironment();
    pass.addFile();
    for (var rewritten : pass.arguments().reversed()) {
      stack.push(rewritten);
    }
    return false;
  }

  /**
   * One reading of the sources for one command. The first value of a flag wins over later sources.
   */
  private final class Pass {
    private final CommandSpec spec;
    private final Map<String, String> flags = new LinkedHashMap<>();
    private final List<String> repeated = new ArrayList<>();
    private final List<String> others = new ArrayList<>();

    Pass(CommandSpec spec) {
      this.spec = spec;
    }

    List<String> arguments() {
      var all = new ArrayList<>(repeated);
      flags.forEach((name, value) -> all.add("--" + name + "=" + value));
      all.addAll(others);
      return all;
    }

    void read(List<String> typed) {
      for (int i = 0; i < typed.size(); i++) {
        var text = typed.get(i);
        if (text.equals("--")) { // what follows is for positional parameters
          others.addAll(typed.subList(i, typed.size()));
          return;
        }
        if (!text.startsWith("--")) {
          if (!spec.subcommands().isEmpty()) {
            others.addAll(typed.subList(i, typed.size()));
            return;
          }
          others.add(text);
          continue;
        }
        var flag = split(text);
        boolean separate =
            flag.needsValue() && i + 1 < typed.size() && !typed.get(i + 1).startsWith("--");
        accept(separate ? flag.with(typed.get(++i)) : flag, true);
      }
    }

    void addEnvironment() {
      for (var option : spec.options()) {
        var name = name(option);
        if (!flags.containsKey(name) && !option.usageHelp() && !option.versionHelp()) {
          sources.fromEnvironment(name).ifPresent(value -> put(name, value, option));
        }
      }
    }

    void addFile() {
      var file = flags.get(CONFIG);
      if (file == null) {
        return;
      }
      try {
        for (var text : sources.fromFile(file)) {
          var flag = split(text);
          if (!flags.containsKey(canonical(flag.name()))) {
            accept(flag, false);
          }
        }
      } catch (IOException unreadable) {
        throw wrong("Expected a readable properties file in --config, but got '" + file + "'");
      }
    }

    private Flag split(String text) {
      int equals = text.indexOf('=');
      var name = text.substring(2, equals < 0 ? text.length() : equals);
      var value = Optional.ofNullable(equals < 0 ? null : text.substring(equals + 1));
      if (name.startsWith("no-") && isBoolean(name.substring(3))) {
        if (value.isPresent()) {
          throw wrong("Expected --" + name + " without a value, but got '" + value.get() + "'");
        }
        return new Flag(name.substring(3), Optional.of("false"), false);
      }
      if (value.isEmpty() && isBoolean(name)) {
        return new Flag(name, Optional.of("true"), false);
      }
      return new Flag(name, value, value.isEmpty() && takesValue(name));
    }

    private void accept(Flag flag, boolean byHand) {
      var option = option(flag.name());
      if (option != null) {
        var name = name(option);
        if (byHand) {
          sources.givenByHand(name);
        }
        if (flag.value().isEmpty()) {
          others.add("--" + name);
        } else {
          put(name, flag.value().get(), option);
        }
      } else if (sources.reference().contains(flag.name())) {
        NotYet.refusal(flag.name(), flag.value())
            .ifPresent(
                why -> {
                  throw wrong(why);
                });
        var err = spec.commandLine().getErr();
        err.println("Warning: --" + flag.name() + " has no meaning here and is ignored.");
        err.flush();
      } else {
        throw unknown(flag.name());
      }
    }

    private void put(String name, String value, OptionSpec option) {
      var content = content(name, value, option);
      if (option.isMultiValue()) {
        repeated.add("--" + name + "=" + content);
      } else {
        flags.put(name, content);
      }
    }

    /** As in the reference, {@code file:///path} stands for what the file says. */
    private String content(String name, String value, OptionSpec option) {
      if (!value.startsWith(FILE)) {
        return value;
      }
      var path = value.substring(FILE.length());
      if (option.type() == Path.class) {
        return path;
      }
      try {
        return Files.readString(Path.of(path), StandardCharsets.UTF_8).strip();
      } catch (IOException unreadable) {
        throw wrong("Expected a readable file in --" + name + ", but got '" + value + "'");
      }
    }

    private ParameterException unknown(String name) {
      var names = new TreeSet<String>();
      spec.options().forEach(option -> names.add(name(option)));
      var hint =
          Suggestion.closest(name, names).map(close -> " Did you mean --" + close + "?").orElse("");
      return wrong("Unknown flag --" + name + "." + hint);
    }

    private ParameterException wrong(String message) {
      return new ParameterException(spec.commandLine(), message);
    }

    private OptionSpec option(String name) {
      return spec.findOption("--" + name);
    }

    private String canonical(String name) {
      var option = option(name);
      return option == null ? name : name(option);
    }

    private boolean isBoolean(String name) {
      var option = option(name);
      return option == null ? sources.reference().isBoolean(name) : isSwitch(option);
    }

    private boolean takesValue(String name) {
      var option = option(name);
      return option == null ? sources.reference().contains(name) : option.arity().max() > 0;
    }
  }

  private static boolean isSwitch(OptionSpec option) {
    return !option.usageHelp()
        && !option.versionHelp()
        && (option.type() == boolean.class || option.type() == Boolean.class);
  }

  private static String name(OptionSpec option) {
    for (var name : option.names()) {
      if (name.startsWith("--")) {
        return name.substring(2);
      }
    }
    return option.longestName();
  }

  private record Flag(String name, Optional<String> value, boolean needsValue) {
    Flag with(String separate) {
      return new Flag(name, Optional.of(separate), false);
    }
  }
}
