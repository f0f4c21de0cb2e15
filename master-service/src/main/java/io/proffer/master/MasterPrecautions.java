package io.proffer.master;

import io.proffer.api.audit.AuditFlags;
import io.proffer.api.http.AuditTrail;
import io.proffer.api.http.Precautions;
import io.proffer.api.limit.LimitFlags;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of a master that say what it does about its clients beside asking who they are. */
public final class MasterPrecautions {
  @Mixin private LimitFlags limits = new LimitFlags();
  @Mixin private AuditFlags audit = new AuditFlags();

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
   * What the flags ask for.
   *
   * @param nanos monotonic nanoseconds now
   */
  Precautions open(LongSupplier nanos) {
    var requests = limits.limits(rateLimits, nanos);
    return new Precautions(
        requests,
        limits.wrongSecrets(nanos),
        audit.open().map(log -> new AuditTrail("master", log)));
  }

  /** The flags as {@code /state} shows them. */
  SortedMap<String, String> shown() {
    var flags = new TreeMap<>(limits.shown());
    flags.putAll(audit.shown());
    rateLimits.ifPresent(text -> flags.put("rate_limits", text));
    return flags;
  }
}
