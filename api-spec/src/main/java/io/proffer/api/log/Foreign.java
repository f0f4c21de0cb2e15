package io.proffer.api.log;

/**
 * Words of strangers, as the log shows them: on one line, and not for ever. An id or a message with
 * a line break in it could else write lines that look like ours. Worded only when it is written.
 *
 * @param said whatever holds them
 */
public record Foreign(Object said) {
  /** Two of the longest ids fit. */
  public static final int LONGEST = 1024;

  @Override
  public String toString() {
    var text = String.valueOf(said);
    var shown = new StringBuilder(Math.min(text.length(), LONGEST));
    for (var i = 0; i < text.length() && i < LONGEST; i++) {
      var letter = text.charAt(i);
      if (isPlain(letter)) {
        shown.append(letter);
      } else if (letter == '\n') {
        shown.append("\\n");
      } else {
        shown.append("\\u%04x".formatted((int) letter));
      }
    }
    if (text.length() > LONGEST) {
      shown.append("... (").append(text.length()).append(" characters)");
    }
    return shown.toString();
  }

  /** What neither ends a line, nor moves a cursor, nor turns the direction of writing. */
  private static boolean isPlain(char letter) {
    return switch (Character.getType(letter)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
