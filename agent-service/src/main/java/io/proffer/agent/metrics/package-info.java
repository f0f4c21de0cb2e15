/**
 * What {@code /metrics/snapshot} and GET_METRICS tell, under the reference's names.
 *
 * <p>Touches events, snapshots and the operating system. The choice that shaped it: what is now is
 * read from a snapshot when somebody asks; only what has happened is counted as it happens.
 */
package io.proffer.agent.metrics;
