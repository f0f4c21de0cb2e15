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

  /** One of those that did not may become unreachable, and no more than one. */
  record NextRemoval() implements Due {}

  /** The agent did not, and its turn has come to become unreachable. */
  record Removal(AgentId agent) implements Due {}

  /**
   * All agents of the registry should have re-registered.
   *
   * @param agents how many there were
   */
  record RecoveryEnd(int agents) implements Due {}

  /** It is time to look which lost agents need not be remembered any more. */
  record Prune() implements Due {}

  /** Nobody answered the offer. */
  record OfferTimeout(OfferId offer) implements Due {}

  /** Nobody answered the inverse offer. */
  record InverseOfferTimeout(OfferId offer) implements Due {}

  /** It is time to look who is to be asked about planned maintenance. */
  record InverseOffers() implements Due {}
}
