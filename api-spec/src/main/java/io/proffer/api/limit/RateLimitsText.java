package io.proffer.api.limit;

import io.proffer.api.flags.WrongFlagException;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonFormatException;
import io.proffer.api.v1.RateLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The reference's {@code --rate_limits} (scheduler-api, section 11). There a message over {@code
 * qps} waits, and one over {@code capacity} is dropped; over HTTP who waits is the client, so that
 * capacity is what may come at once, and more is refused.
 */
final class RateLimitsText {
  static final String FLAG = "--rate_limits";
  private static final String FILE = "file://";

  private RateLimitsText() {}

  /** JSON, or the path of a file with it. */
  static RateLimits read(String given) {
    var isText = given.stripLeading().startsWith("{");
    var text = isText ? given : ofFile(given);
    try {
      return JsonCodec.decode(
          text.getBytes(StandardCharsets.UTF_8), RateLimits.getDefaultInstance());
    } catch (JsonFormatException e) {
      throw wrong(e.sentence("RateLimits"));
    }
  }

  /** Its rates by principal; empty for one that is not limited. */
  static Map<String, Optional<Rate>> listed(RateLimits limits) {
    var listed = new TreeMap<String, Optional<Rate>>();
    for (var limit : limits.getLimitsList()) {
      var rate =
          rate(
              limit.hasQps(),
              limit.getQps(),
              limit.hasCapacity(),
              limit.getCapacity(),
              "of principal '" + limit.getPrincipal() + "'");
      if (listed.put(limit.getPrincipal(), rate) != null) {
        throw wrong("the principal '" + limit.getPrincipal() + "' stands there twice: leave one");
      }
    }
    return listed;
  }

  /** That of all others together. */
  static Optional<Rate> aggregate(RateLimits limits) {
    return rate(
        limits.hasAggregateDefaultQps(),
        limits.getAggregateDefaultQps(),
        limits.hasAggregateDefaultCapacity(),
        limits.getAggregateDefaultCapacity(),
        "of all others (aggregate_default_qps)");
  }

  private static Optional<Rate> rate(
      boolean hasQps, double qps, boolean hasCapacity, long capacity, String whose) {
    if (!hasQps) {
      return Optional.empty();
    }
    if (!(qps > 0) || Double.isInfinite(qps)) {
      throw wrong("the qps " + whose + " is " + qps + ", but must be more than 0");
    }
    // Unsigned: what is beyond a long is as good as no limit.
    var atOnce = capacity < 0 ? Long.MAX_VALUE : capacity;
    return Optional.of(new Rate(qps, Math.max(1, hasCapacity ? atOnce : (long) Math.ceil(qps))));
  }

  private static String ofFile(String given) {
    var path = given.startsWith(FILE) ? given.substring(FILE.length()) : given;
    try {
      return Files.readString(Path.of(path));
    } catch (IOException | IllegalArgumentException e) {
      throw wrong("there is no file '" + path + "' that this process may read as UTF-8");
    }
  }

  private static WrongFlagException wrong(String why) {
    return new WrongFlagException(
        FLAG,
        "Expected {\"limits\": [{\"principal\": \"p\", \"qps\": 10, \"capacity\": 100}],"
            + " \"aggregate_default_qps\": 5}, or the path of a file with it, but "
            + why);
  }
}
