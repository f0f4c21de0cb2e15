package io.proffer.master.core.fact;

import java.time.Instant;

/** How the master stands with a framework (lifecycle, section 5). */
public sealed interface FrameworkLink {

  /** Subscribed: events go to this stream. */
  record Connected(String streamId) implements FrameworkLink {}

  /** Its stream ended; it may come back until its failover timeout. */
  record Disconnected(Instant since) implements FrameworkLink {}

  /** Known from the registry or from agents, never subscribed to this master. No timer runs. */
  record Recovered() implements FrameworkLink {}

  /** Removed for good. */
  record Completed(Instant at) implements FrameworkLink {}
}
