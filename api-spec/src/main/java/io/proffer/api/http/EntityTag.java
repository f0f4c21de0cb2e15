package io.proffer.api.http;

import java.util.regex.Pattern;

/** Entity tags as headers have them (RFC 9110, section 8.8.3). */
final class EntityTag {
  private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");

  private EntityTag() {}

  /**
   * Whether the list of {@code If-None-Match} has this tag, or is the star that stands for any.
   * Whether tags are weak does not matter here (section 13.1.2).
   */
  static boolean isIn(String tag, String list) {
    if (list.strip().equals("*")) {
      return true;
    }
    var wanted = opaque(tag);
    var tags = TAG.matcher(list);
    while (tags.find()) {
      if (tags.group(1).equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static String opaque(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }
}
