/**
 * Figures: frames, turns and waiting things counted for Micrometer, and shown as one flat object.
 *
 * <p>May touch the kernel, the core's events and effects, and Micrometer. The decision that shaped
 * it: it reads frames like the log does, so that rules count nothing.
 */
package io.proffer.master.metrics;
