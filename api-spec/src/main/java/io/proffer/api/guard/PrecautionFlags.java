package io.proffer.api.guard;

import io.proffer.api.audit.AuditFlags;
import io.proffer.api.http.AuditTrail;
import io.proffer.api.http.Precautions;
import io.proffer.api.limit.LimitFlags;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import picocli.CommandLine.Mixin;

/** The flags that say what a service does about its clients beside asking who they are. */
public final class PrecautionFlags {
  @Mixin private LimitFlags limits = new LimitFlags();
  @Mixin private AuditFlags audit = new AuditFlags();

  /**
   * What the flags ask for.
   *
   * @param service as the audit log names it
   * @param rateLimits the reference's document of limits, where it was given
   * @param nanos monotonic nanoseconds now
   */
  public Precautions open(String service, Optional<String> rateLimits, LongSupplier nanos) {
    var requests = limits.limits(rateLimits, nanos);
    return new Precautions(
        requests,
        limits.wrongSecrets(nanos),
        audit.open().map(log -> new AuditTrail(service, log)));
  }

  /** The flags as {@code /flags} shows them. */
  public SortedMap<String, String> shown() {
    var flags = new TreeMap<>(limits.shown());
    flags.putAll(audit.shown());
    return flags;
  }
}
