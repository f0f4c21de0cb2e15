package io.proffer.master.core.state;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.OfferId;

/** What happens when a deadline passes. */
public sealed interface Due {
  /** The framework did not subscribe again in time. */
  record FailoverTimeout(FrameworkId framework) implements Due {}

  /** The agent did not re-register in time. */
  record ReregisterTimeout(AgentId agent) implements Due {}

  /** Nobody answered the offer. */
  record OfferTimeout(OfferId offer) implements Due {}
}
