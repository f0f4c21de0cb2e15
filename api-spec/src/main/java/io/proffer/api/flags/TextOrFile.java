package io.proffer.api.flags;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;

/**
 * The value of a flag that is a JSON object itself, or the path of a file that holds one; as in the
 * reference, also as {@code file:///path}. The file is named, not read: what it says may change.
 *
 * @param given as it stands in the flag
 */
public record TextOrFile(String given) {
  private static final String FILE = "file://";

  /** Takes any text. */
  public static final class Converter implements ITypeConverter<TextOrFile> {
    @Override
    public TextOrFile convert(String value) {
      return new TextOrFile(value);
    }
  }

  /** The file; empty when the flag has the text itself. */
  public Optional<Path> file() {
    return given.stripLeading().startsWith("{")
        ? Optional.empty()
        : Optional.of(Path.of(given.startsWith(FILE) ? given.substring(FILE.length()) : given));
  }
}
