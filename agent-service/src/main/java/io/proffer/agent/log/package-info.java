/**
 * The log: one line per decision, read from frames as they pass the gate; rules contain none.
 *
 * <p>May touch {@code core.event} and SLF4J. The decision that shaped it: what repeats (a master
 * that cannot be reached) is said once, and again only when it changes or after a minute.
 */
package io.proffer.agent.log;
