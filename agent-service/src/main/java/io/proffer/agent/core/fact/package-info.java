/**
 * Immutable rows: what events carry, tables hold and snapshots show.
 *
 * <p>A room of its own, below commands, events and effects, so that state and the shells that word
 * answers share one form and nothing is copied for a reader. May touch {@code api.v1} and {@code
 * api.id}.
 */
package io.proffer.agent.core.fact;
