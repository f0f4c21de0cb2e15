/**
 * The log: one line per decision, read from frames.
 *
 * <p>Touches the core's events and a logger. The decision that shaped it: rules hold no logger;
 * what they decided is in the frame, and is told once, when the frame passes the gate.
 */
package io.proffer.master.log;
