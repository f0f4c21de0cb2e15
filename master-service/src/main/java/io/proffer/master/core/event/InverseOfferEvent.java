package io.proffer.master.core.event;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.OfferId;
import io.proffer.master.core.fact.InverseAnswer;
import io.proffer.master.core.fact.InverseOffer;

/** What became true of inverse offers. They carry no resources: the allocator has no part in it. */
public sealed interface InverseOfferEvent extends Event {

  /** A framework is asked about planned maintenance. */
  record Made(InverseOffer offer) implements InverseOfferEvent {}

  /** The framework answered, and is no longer asked; the answer in place of an older one. */
  record Answered(OfferId id, InverseAnswer answer) implements InverseOfferEvent {}

  /** Taken back, or nobody is there any more to answer. */
  record Ended(OfferId id, OfferEvent.End end) implements InverseOfferEvent {}

  /** What was answered of this agent was about another plan than there is now. */
  record AnswersForgotten(AgentId agent) implements InverseOfferEvent {}
}
