package io.proffer.cli.bench.read;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How long commands of one kind took from their arrival until their frame was made, counted in the
 * classes of the master's histogram.
 */
public final class Waits {
  private static final Pattern BUCKET =
      Pattern.compile(
          "proffer_master_command_seconds_bucket\\{command=\"([A-Za-z]+)\",le=\"([^\"]+)\"\\} (\\S+)");

  private final NavigableMap<Double, Double> upTo = new TreeMap<>();

  private Waits() {}

  /** Those of a page for Prometheus. */
  public static Waits of(String command, String page) {
    var waits = new Waits();
    var buckets = BUCKET.matcher(page);
    while (buckets.find()) {
      if (buckets.group(1).equals(command)) {
        var bound =
            buckets.group(2).equals("+Inf")
                ? Double.POSITIVE_INFINITY
                : Double.parseDouble(buckets.group(2));
        waits.upTo.put(bound, Double.parseDouble(buckets.group(3)));
      }
    }
    return waits;
  }

  /** Those since then. */
  public Waits since(Waits before) {
    var since = new Waits();
    upTo.forEach(
        (bound, count) -> since.upTo.put(bound, count - before.upTo.getOrDefault(bound, 0.0)));
    return since;
  }

  /** How many there are. */
  public double count() {
    return upTo.isEmpty() ? 0 : upTo.lastEntry().getValue();
  }

  /** The time this share does not exceed, within its class by its place in it; in milliseconds. */
  public double percentileMs(double share) {
    var rank = share * count();
    var low = 0.0;
    var below = 0.0;
    for (var bucket : upTo.entrySet()) {
      if (bucket.getValue() >= rank && bucket.getValue() > below) {
        var high = Double.isInfinite(bucket.getKey()) ? low : bucket.getKey();
        return 1e3 * (low + (high - low) * (rank - below) / (bucket.getValue() - below));
      }
      low = bucket.getKey();
      below = bucket.getValue();
    }
    return 0;
  }
}
