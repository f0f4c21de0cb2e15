/**
 * Exact resource arithmetic: what an agent has, what an offer holds, what a task takes.
 *
 * <p>May touch the JDK, the messages of {@code api.v1} and the JSON codec. The decision that shaped
 * it: everything is kept in one compact, immutable form (thousandths as longs, post-refinement
 * reservations, shared kinds), and messages are made and read only at the edges; so the sums of the
 * master never drift and a hundred thousand tasks fit in memory.
 */
package io.proffer.api.resource;
