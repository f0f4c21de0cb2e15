package io.proffer.api.http;

import io.proffer.api.fuzz.FuzzTarget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * What clients accept packed. Nobody gets gzip who does not name it, or refuses it by a weight of
 * nothing, in whatever case.
 */
public final class AcceptEncodingTarget implements FuzzTarget {
  @Override
  public void take(byte[] input) {
    var text = new String(input, StandardCharsets.ISO_8859_1);
    var accepts = Answers.acceptsGzip(text);
    FuzzTarget.check(
        accepts == Answers.acceptsGzip(text.toUpperCase(Locale.ROOT)), "case matters in " + text);
    FuzzTarget.check(
        accepts == Answers.acceptsGzip(" identity ,br;q=0," + text), "place matters in " + text);
    FuzzTarget.check(!accepts || isOffered(text), "gzip for who asks " + text);
    FuzzTarget.check(Answers.acceptsGzip("gzip," + text), "not for who names it first");
    for (var refusal : List.of("gzip;q=0,", "GZip ; Q=0.000,")) {
      FuzzTarget.check(!Answers.acceptsGzip(refusal + text), "for who refuses it first");
    }
  }

  /** Whether there is an element of gzip with no weight of nothing in it. */
  private static boolean isOffered(String text) {
    for (var element : text.toLowerCase(Locale.ROOT).split(",", -1)) {
      var parts = element.split(";", -1);
      var refused = false;
      for (var i = 1; i < parts.length; i++) {
        var weight = parts[i].strip();
        refused |= weight.equals("q=0") || (weight.startsWith("q=0.") && isZeros(weight, 4));
      }
      if (parts[0].strip().equals("gzip") && !refused) {
        return true;
      }
    }
    return false;
  }

  private static boolean isZeros(String text, int from) {
    return text.substring(from).chars().allMatch(digit -> digit == '0');
  }

  @Override
  public List<byte[]> seeds() {
    return FuzzTarget.texts(
        "gzip",
        "gzip, deflate, br, zstd",
        "deflate;q=1.0,GZIP;q=0.5",
        "gzip;q=0",
        "gzip;Q=0",
        "gzip; q=0.000",
        "gzip;q=0.001",
        "gzip;x=1;q=0",
        "*;q=0",
        "identity;q=0, *",
        "x-gzip",
        ",;,gzip;;",
        "");
  }
}
