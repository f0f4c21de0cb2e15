/**
 * The tables of the master, and the only code that changes them: appliers of events.
 *
 * <p>Deciders get a {@link io.proffer.master.core.state.Turn}: reading, and {@code emit}. Writers
 * are package-private, and each leaves its inverse, so that a rule that throws can be undone. Below
 * it: events, effects, commands and facts.
 */
package io.proffer.master.core.state;
