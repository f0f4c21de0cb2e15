package io.proffer.agent;

import io.proffer.api.flags.Durations;
import io.proffer.api.flags.TextOrFile;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;

/** The options of a command as text, with the values they have. */
final class OptionWords {
  private OptionWords() {}

  /**
   * Each option that has a value, by its first name without dashes, as the reference words values.
   * The values stand there as they were given: whoever shows them takes out what is secret.
   *
   * @param command filled already
   */
  static SortedMap<String, String> of(Object command) {
    var all = new TreeMap<String, String>();
    for (var option : CommandSpec.forAnnotatedObject(command).options()) {
      Object value = option.getValue();
      word(value).ifPresent(text -> all.put(option.names()[0].replaceFirst("^--", ""), text));
    }
    return all;
  }

  private static Optional<String> word(Object value) {
    return switch (value) {
      case null -> Optional.empty();
      case Optional<?> maybe -> maybe.flatMap(OptionWords::word);
      case Duration duration -> Optional.of(Durations.format(duration));
      case Enum<?> choice -> Optional.of(choice.name().toLowerCase(Locale.ROOT));
      case TextOrFile text -> Optional.of(text.given());
      default -> Optional.of(value.toString());
    };
  }
}
