/**
 * What {@code /metrics/snapshot}, {@code /metrics/prometheus} and GET_METRICS tell.
 *
 * <p>Touches commands, events, effects and snapshots, and {@code api.metrics}. The choice that
 * shaped it: what is now is read from a snapshot when somebody asks; only what has happened is
 * counted as it happens.
 */
package io.proffer.agent.metrics;
