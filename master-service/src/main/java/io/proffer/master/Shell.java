package io.proffer.master;

import io.proffer.api.guard.Guards;
import io.proffer.api.trace.Tracing;
import io.proffer.kernel.Ids;
import io.proffer.kernel.SystemClock;
import io.proffer.master.election.Election;
import io.proffer.master.election.Standing;
import io.proffer.master.log.TaskTrace;
import io.proffer.master.roster.Presence;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Optional;

/**
 * What of a master outlives its terms.
 *
 * @param started when the process began to be one
 */
record Shell(
    MasterConfig config,
    Vertx vertx,
    SystemClock clock,
    Ids ids,
    Instant started,
    Guards guards,
    Tracing tracing,
    Optional<TaskTrace> trace,
    Announcement announced,
    Election election,
    Admission admission,
    Presence presence) {
  /** Where the leader serves, {@code HOST:PORT}; empty when there is none. */
  Optional<String> leader() {
    return switch (election.standing()) {
      case Standing.Leading() -> Optional.of(announced.authority());
      case Standing.Following(var address) -> Optional.of(address);
      case Standing.Leaderless() -> Optional.empty();
    };
  }

  boolean leads() {
    return election.standing() instanceof Standing.Leading;
  }

  /** Whether requests get an answer here, and this master would take over if it had to. */
  boolean ready() {
    return admission.serves() && election.contends();
  }

  String scheme() {
    return guards.tls().isPresent() ? "https" : "http";
  }
}
