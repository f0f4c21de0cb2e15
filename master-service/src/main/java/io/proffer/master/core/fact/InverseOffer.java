package io.proffer.master.core.fact;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.OfferId;
import io.proffer.api.v1.Unavailability;

/**
 * A question to a framework that waits for its answer: may the machine of this agent, of which the
 * framework holds something, be taken out of service then?
 *
 * @param id of the same numbers as those of offers
 */
public record InverseOffer(
    OfferId id, FrameworkId framework, AgentId agent, Unavailability unavailability) {}
