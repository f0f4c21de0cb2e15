package io.proffer.api.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.proffer.api.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The parameter {@code jsonp}: what passes cannot be more than a name in the script it is in. */
public final class JsonpTarget implements FuzzTarget {
  private static final int LONGEST = 128;

  @Override
  public void take(byte[] input) {
    var text = new String(input, StandardCharsets.UTF_8);
    hold(text);
    try {
      new QueryStringDecoder("jsonp=" + text, false)
          .parameters()
          .getOrDefault("jsonp", List.of())
          .forEach(JsonpTarget::hold);
    } catch (IllegalArgumentException documented) {
      FuzzTarget.check(documented.getMessage() != null, "a refusal without a sentence");
    }
  }

  private static void hold(String callback) {
    if (Jsonp.isName(callback)) {
      FuzzTarget.check(!callback.isEmpty() && callback.length() <= LONGEST, "length " + callback);
      FuzzTarget.check(callback.chars().allMatch(JsonpTarget::isOfName), "a script: " + callback);
    }
  }

  private static boolean isOfName(int character) {
    return (character < 128 && Character.isLetterOrDigit(character))
        || "_$.[]".indexOf(character) >= 0;
  }

  @Override
  public List<byte[]> seeds() {
    return FuzzTarget.texts(
        "cb",
        "jQuery1_2.done[3]",
        "$",
        "",
        "alert(1);x",
        "x%0aalert",
        "x\n",
        "x\u2028y",
        "a&jsonp=b",
        "%3Cscript%3E",
        "%e2%80",
        "\u00e9t\u00e9",
        "x".repeat(LONGEST),
        "x".repeat(LONGEST + 1));
  }
}
