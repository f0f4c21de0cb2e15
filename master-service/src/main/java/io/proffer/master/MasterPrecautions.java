package io.proffer.master;

import io.proffer.api.limit.LimitFlags;
import io.proffer.api.limit.RequestLimits;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of a master that say what it does about its clients beside asking who they are. */
public final class MasterPrecautions {
  @Mixin private LimitFlags limits = new LimitFlags();

  @Option(
      names = "--rate_limits",
      paramLabel = "JSON",
      description =
          "Limits of principals, {\"limits\": [{\"principal\": \"p\", \"qps\": 10, \"capacity\": 100}],"
              + " \"aggregate_default_qps\": 5}, or the path of a file with it: so many requests a"
              + " second and so many at once; without qps as many as come; the aggregate is of all"
              + " frameworks together that are not listed.")
  private Optional<String> rateLimits = Optional.empty();

  /**
   * Who lets requests through; empty when all may pass.
   *
   * @param nanos monotonic nanoseconds now
   */
  Optional<RequestLimits> limits(LongSupplier nanos) {
    return limits.limits(rateLimits, nanos);
  }

  /** The flags as {@code /state} shows them. */
  SortedMap<String, String> shown() {
    var flags = new TreeMap<>(limits.shown());
    rateLimits.ifPresent(text -> flags.put("rate_limits", text));
    return flags;
  }
}
