package io.proffer.agent;

import io.proffer.api.audit.AuditFlags;
import io.proffer.api.http.AuditTrail;
import io.proffer.api.http.Precautions;
import io.proffer.api.limit.LimitFlags;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import picocli.CommandLine.Mixin;

/** The flags of an agent that say what it does about its clients beside asking who they are. */
public final class AgentPrecautions {
  @Mixin private LimitFlags limits = new LimitFlags();
  @Mixin private AuditFlags audit = new AuditFlags();

  /**
   * What the flags ask for.
   *
   * @param nanos monotonic nanoseconds now
   */
  Precautions open(LongSupplier nanos) {
    var requests = limits.limits(Optional.empty(), nanos);
    return new Precautions(
        requests,
        limits.wrongSecrets(nanos),
        audit.open().map(log -> new AuditTrail("agent", log)));
  }

  /** The flags as {@code /flags} shows them. */
  SortedMap<String, String> shown() {
    var flags = new TreeMap<>(limits.shown());
    flags.putAll(audit.shown());
    return flags;
  }
}
