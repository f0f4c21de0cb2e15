package io.proffer.api.resource;

import java.util.ArrayList;
import java.util.List;

/** Splits at any of the delimiters; empty pieces do not count. */
final class Tokens {
  private Tokens() {}

  static List<String> split(String text, String delimiters) {
    var tokens = new ArrayList<String>();
    int begin = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || delimiters.indexOf(text.charAt(i)) >= 0) {
        if (i > begin) {
          tokens.add(text.substring(begin, i));
        }
        begin = i + 1;
      }
    }
    return tokens;
  }
}
