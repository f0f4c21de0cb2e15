/**
 * Immutable rows: what events carry, tables hold and snapshots show.
 *
 * <p>A room of its own, below events and effects, so that state, allocator and the shells that word
 * answers share one form and nothing is copied for a reader.
 */
package io.proffer.master.core.fact;
