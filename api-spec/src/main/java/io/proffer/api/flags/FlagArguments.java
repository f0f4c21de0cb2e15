package io.proffer.api.flags;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Stack;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Rewrites what was typed, plus environment and properties file, to {@code --name=value} arguments
 * of flags the command declares; warns of the reference's other flags; refuses the rest.
 *
 * <p>It implements no interface of picocli, whose class files are of Java 5: JDK 25.0.3 died of
 * such a class here when it was to make a cache of classes (JEP 483).
 */
final class FlagArguments {
  private static final String CONFIG = "config";
  private static final String FILE = "file://";
  private static final String NAME = FlagArguments.class.getName();

  private final FlagSources sources;

  /** Of the values that were taken from elsewhere than the command line; names with dashes. */
  private final Map<String, String> origins = new LinkedHashMap<>();

  private FlagArguments(FlagSources sources) {
    this.sources = sources;
  }

  /** Rewrites the arguments of this command from now on. */
  static void rewrite(CommandSpec spec, FlagSources sources) {
    var arguments = new FlagArguments(sources);
    spec.preprocessor(arguments::preprocess);
    // One without options: where picocli keeps an object of ours for who has the command alone.
    spec.addMixin(NAME, CommandSpec.wrapWithoutInspection(arguments));
  }

  /** Those of a command, if it has any. */
  static Optional<FlagArguments> of(CommandSpec spec) {
    var mixin = spec.mixins().get(NAME);
    return mixin != null && mixin.userObject() instanceof FlagArguments arguments
        ? Optional.of(arguments)
        : Optional.empty();
  }

  /** Where the value of an option came from, if not from the command line. */
  Optional<String> origin(String option) {
    return Optional.ofNullable(origins.get(option));
  }

  @SuppressWarnings("JdkObsolete") // picocli hands over a Stack
  private boolean preprocess(
      Stack<String> stack, CommandSpec spec, ArgSpec argument, Map<String, Object> info) {
    var typed = new ArrayList<String>();
    while (!stack.isEmpty()) {
      typed.add(stack.pop());
    }
    origins.clear();
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
    private final Set<String> given = new TreeSet<>();
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
        accept(separate ? flag.with(typed.get(++i)) : flag);
      }
    }

    void addEnvironment() {
      for (var option : spec.options()) {
        var name = name(option);
        if (!given.contains(name) && !option.usageHelp() && !option.versionHelp()) {
          sources
              .fromEnvironment(names(option))
              .ifPresent(
                  variable -> {
                    origins.put("--" + name, "the environment variable " + variable.name());
                    put(name, variable.value(), option);
                  });
        }
      }
      sources.reference().names().forEach(this::refuseVariable);
    }

    /** A lock that is not there is no more there when it was asked for in the environment. */
    private void refuseVariable(String name) {
      if (option(name) == null) {
        var variable = sources.fromEnvironment(List.of(name));
        variable
            .flatMap(found -> NotYet.refusal(name, Optional.of(found.value())))
            .ifPresent(
                why -> {
                  throw wrong(variable.get().name() + " is set, and " + why);
                });
      }
    }

    void addFile() {
      var file = flags.get(CONFIG);
      if (file == null) {
        return;
      }
      entries(file)
          .forEach(
              (name, value) -> {
                var flag = split("--" + name + "=" + value);
                if (!given.contains(canonical(flag.name()))) {
                  origins.put("--" + flag.name(), "the file " + file);
                  accept(flag);
                }
              });
    }

    private Map<String, String> entries(String file) {
      try {
        return sources.fromFile(file);
      } catch (IOException | IllegalArgumentException unreadable) {
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

    private void accept(Flag flag) {
      var option = option(flag.name());
      if (option != null) {
        var name = name(option);
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
        err.println(
            "Warning: --"
                + flag.name()
                + " has no meaning here and is ignored"
                + ReferenceFlags.instead(flag.name())
                + ".");
        err.flush();
      } else {
        throw unknown(flag.name());
      }
    }

    private void put(String name, String value, OptionSpec option) {
      var content = content(name, value, option);
      given.add(name);
      if (option.isMultiValue()) {
        repeated.add("--" + name + "=" + content);
      } else {
        flags.put(name, content);
      }
    }

    /** As in the reference, {@code file:///path} stands for what the file says. */
    private String content(String name, String value, OptionSpec option) {
      if (!value.startsWith(FILE)
          || Stream.of(option.converters()).anyMatch(AsItStands.class::isInstance)) {
        return value;
      }
      var path = value.substring(FILE.length());
      if (isPath(option)) {
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
        && (option.type() == boolean.class
            || option.type() == Boolean.class
            || List.of(option.auxiliaryTypes()).contains(Boolean.class));
  }

  /** Whether the value names a file, or may: then whoever takes it reads that, perhaps again. */
  private static boolean isPath(OptionSpec option) {
    var types = List.of(option.auxiliaryTypes());
    return option.type() == Path.class
        || types.contains(Path.class)
        || types.contains(TextOrFile.class);
  }

  private static String name(OptionSpec option) {
    var names = names(option);
    return names.isEmpty() ? option.longestName() : names.getFirst();
  }

  /** Without dashes; the first is the main one. */
  private static List<String> names(OptionSpec option) {
    return Arrays.stream(option.names())
        .filter(name -> name.startsWith("--"))
        .map(name -> name.substring(2))
        .toList();
  }

  private record Flag(String name, Optional<String> value, boolean needsValue) {
    Flag with(String separate) {
      return new Flag(name, Optional.of(separate), false);
    }
  }
}
