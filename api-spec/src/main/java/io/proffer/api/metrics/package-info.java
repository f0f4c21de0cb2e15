/**
 * Figures of a service in both of their forms: flat under the reference's names, and with labels
 * for Prometheus.
 *
 * <p>May touch {@code api.http}, the text forms of numbers and durations, Micrometer and its
 * Prometheus registry. The decision that shaped it: a figure is counted once, in a primitive cell
 * of its own, and worded when somebody asks; a meter that is registered once and never goes away
 * would not fit frameworks that come and go.
 */
package io.proffer.api.metrics;
