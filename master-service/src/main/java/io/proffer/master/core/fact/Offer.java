package io.proffer.master.core.fact;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.OfferId;
import io.proffer.api.resource.Resources;

/**
 * An outstanding offer.
 *
 * @param role the role all its resources are allocated to
 * @param resources with their allocation role set
 */
public record Offer(
    OfferId id, FrameworkId framework, AgentId agent, String role, Resources resources) {}
