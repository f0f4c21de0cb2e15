/**
 * Figures of a live cluster: what is told must be what the reference names, what {@code
 * docs/metrics.md} describes and what the dashboard asks for. Knows nothing of the services' own
 * classes, as all of {@code e2e}.
 */
package io.proffer.e2e.metrics;
