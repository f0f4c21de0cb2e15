package io.proffer.api.fuzz;

import io.proffer.api.flags.Bytes;
import io.proffer.api.flags.Durations;
import io.proffer.api.resource.Attributes;
import io.proffer.api.resource.ResourceParseException;
import io.proffer.api.resource.Resources;
import io.proffer.api.resource.Roles;
import io.proffer.api.resource.ScalarAmount;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Texts of flags: resources, attributes, roles, durations, amounts of bytes. What was understood is
 * understood again as it is written.
 */
public final class FlagTextsTarget implements FuzzTarget {
  private static final long EXACT = 1L << 51;

  @Override
  public void take(byte[] input) {
    var text = new String(input, StandardCharsets.UTF_8);
    resources(text);
    try {
      FuzzTarget.check(Attributes.parse(text) != null, "no attributes");
    } catch (ResourceParseException documented) {
      FuzzTarget.check(documented.getMessage() != null, "a refusal without a sentence");
    }
    FuzzTarget.check(Roles.check(text) != null, "no verdict");
    try {
      var duration = Durations.parse(text);
      FuzzTarget.check(
          Durations.parse(Durations.format(duration)).equals(duration)
              || duration.toNanos() % 1000 != 0,
          "another duration: " + text);
    } catch (IllegalArgumentException documented) {
      FuzzTarget.check(
          Durations.refusal(text).isPresent(), "neither a duration nor refused: " + text);
    }
    try {
      var bytes = Bytes.parse(text);
      FuzzTarget.check(Bytes.parse(bytes.toString()).equals(bytes), "another amount: " + text);
    } catch (IllegalArgumentException documented) {
      FuzzTarget.check(documented.getMessage() != null, "a refusal without a sentence");
    }
  }

  private static void resources(String text) {
    Resources resources;
    try {
      resources = Resources.parse(text, "*");
    } catch (ResourceParseException documented) {
      FuzzTarget.check(documented.getMessage() != null, "a refusal without a sentence");
      return;
    }
    FuzzTarget.check(
        Resources.of(resources.messages()).equals(resources) || !isExact(resources),
        "others: " + text);
    FuzzTarget.check(resources.contains(resources), "not in itself: " + text);
    FuzzTarget.check(resources.minus(resources).isEmpty(), "something is left: " + text);
  }

  /** Messages hold doubles of whole units, which tell thousandths apart up to here. */
  private static boolean isExact(Resources resources) {
    return resources.stream()
        .allMatch(
            element ->
                !(element.amount() instanceof ScalarAmount scalar)
                    || Math.abs(scalar.thousandths()) < EXACT);
  }

  @Override
  public List<byte[]> seeds() {
    return FuzzTarget.texts(
        "cpus:4;mem:4096;ports:[31000-32000, 1-2];disks:{a,b}",
        "cpus(role):1;mem(a/b):1.5",
        "[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":1},\"role\":\"r\"}]",
        "[{\"name\":\"disk\",\"type\":\"SCALAR\",\"scalar\":{\"value\":1e9},\"disk\":{\"source\":{\"type\":\"PATH\",\"path\":{\"root\":\"/x\"}}}}]",
        "rack:a1;slots:4;range:[1-2]",
        "10secs",
        "1.5weeks",
        "-3ns",
        "64MB",
        "18446744073709551615B",
        "a/b/c",
        "cpus:1e300;cpus:NaN;cpus:-1",
        "mem:9007199254740.992;mem:0.001",
        "ports:[0-18446744073709551615]");
  }
}
