package io.proffer.api.files;

/**
 * One entry of a directory as {@code /files/browse} and LIST_FILES show it.
 *
 * @param path in the spelling of the request
 * @param size bytes
 * @param modifiedSeconds since the epoch, whole ones
 * @param mode kind and permissions, as stat(2) has them
 */
public record FileListing(
    String path, long links, long size, long modifiedSeconds, int mode, String user, String group) {
  private static final int KIND = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int LINK = 0120000;
  private static final int PIPE = 0010000;

  /** The mode as {@code ls} prints it. */
  public String modeText() {
    var kind =
        switch (mode & KIND) {
          case DIRECTORY -> "d";
          case LINK -> "l";
          case PIPE -> "p";
          case 0140000 -> "s";
          case 0020000 -> "c";
          case 0060000 -> "b";
          default -> "-";
        };
    var text = new StringBuilder(kind);
    for (int bit = 8; bit >= 0; bit--) {
      text.append(((mode >> bit) & 1) == 1 ? "xwr".charAt(bit % 3) : '-');
    }
    return text.toString();
  }
}
