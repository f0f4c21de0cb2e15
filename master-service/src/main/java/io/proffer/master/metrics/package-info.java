/**
 * Figures of the master: what its frames and turns have counted, and what its tables hold.
 *
 * <p>May touch the kernel, the core's commands, events, effects and facts, and {@code api.metrics}.
 * The decision that shaped it: it reads frames like the log does, so that rules count nothing; and
 * what is now is read from a snapshot when somebody asks.
 */
package io.proffer.master.metrics;
