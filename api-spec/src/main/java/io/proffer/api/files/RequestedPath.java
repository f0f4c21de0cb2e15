package io.proffer.api.files;

/** A path as a request spells it, of any length and with any number of slashes. */
public final class RequestedPath {
  /** What Linux takes of a path; nothing is served under a longer one. */
  private static final int LONGEST = 4096;

  private RequestedPath() {}

  /** Whether nothing can be there: it has more than 4096 characters. */
  public static boolean isTooLong(String path) {
    return path.length() > LONGEST;
  }

  /** Without the slashes at its end. Takes no longer than there are slashes at the end. */
  public static String withoutSlashes(String path) {
    var end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }
}
