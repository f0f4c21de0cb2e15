package io.proffer.cli.client;

/** What frameworks and agents say of themselves, for a terminal. */
public final class Printable {
  private Printable() {}

  /**
   * Names are whatever a framework likes: a line break must not look like a row, nor may a name
   * steer the terminal.
   */
  public static String of(String said) {
    var text = new StringBuilder();
    said.codePoints()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    text.append("\\u%04x".formatted(c));
                default -> text.appendCodePoint(c);
              }
            });
    return text.toString();
  }
}
