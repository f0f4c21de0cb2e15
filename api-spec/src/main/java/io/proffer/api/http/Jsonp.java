package io.proffer.api.http;

import java.util.regex.Pattern;

/** The function that a document is given to where a page asks for it as a script. */
final class Jsonp {
  /** No text that could be more than a name: it is written into a script as it came. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_$.\\[\\]]{1,128}");

  private Jsonp() {}

  /** Whether it is the name of a function. */
  static boolean isName(String callback) {
    return NAME.matcher(callback).matches();
  }
}
