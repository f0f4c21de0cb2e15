package io.proffer.master.core.fact;

import java.time.Instant;

/** How the master stands with a registered agent (lifecycle, section 4). */
public sealed interface AgentLink {

  /** Its session is open. */
  record Connected(String session) implements AgentLink {}

  /** Its session ended; it has until {@code agent_reregister_timeout} to come back. */
  record Disconnected(Instant since) implements AgentLink {}
}
