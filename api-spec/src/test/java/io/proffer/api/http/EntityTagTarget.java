package io.proffer.api.http;

import io.proffer.api.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lists of {@code If-None-Match}. A tag is found where it stands in a list, weak or not, and
 * nowhere else: a reader would be left with an old document.
 */
public final class EntityTagTarget implements FuzzTarget {
  private static final String OPAQUE = "\"1f-7\"";
  private static final Pattern LIST =
      Pattern.compile("\\s*(?:W/)?\"[^\"]*\"(?:\\s*,\\s*(?:W/)?\"[^\"]*\")*\\s*");

  @Override
  public void take(byte[] input) {
    var list = new String(input, StandardCharsets.ISO_8859_1);
    var found = EntityTag.isIn("W/" + OPAQUE, list);
    FuzzTarget.check(found == EntityTag.isIn(OPAQUE, list), "weakness matters in " + list);
    FuzzTarget.check(
        !found || list.contains(OPAQUE) || list.strip().equals("*"), "it is not in " + list);
    if (LIST.matcher(list).matches()) {
      FuzzTarget.check(found == isElement(list), "found or not, otherwise than in " + list);
      for (var longer : List.of(list + "," + OPAQUE, "W/" + OPAQUE + " , " + list)) {
        FuzzTarget.check(EntityTag.isIn(OPAQUE, longer), "it is in " + longer);
      }
    }
  }

  /** Of a list that is one: told by what stands between quotes, not by a pattern. */
  private static boolean isElement(String list) {
    var parts = list.split("\"", -1);
    for (var i = 1; i < parts.length; i += 2) {
      if (("\"" + parts[i] + "\"").equals(OPAQUE)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public List<byte[]> seeds() {
    return FuzzTarget.texts(
        "*",
        " * ",
        OPAQUE,
        "W/" + OPAQUE,
        "w/" + OPAQUE,
        "\"a\", W/\"b\" ,\t" + OPAQUE,
        "\"a,\"," + OPAQUE + ",\"*\"",
        "\"\",\"\"",
        "\"1f-7",
        "1f-7",
        "x" + OPAQUE,
        "\"a\"" + OPAQUE,
        "\"a\" \"1f-7\"",
        "\"1f-70\"",
        "*, \"a\"",
        "\"".repeat(999));
  }
}
