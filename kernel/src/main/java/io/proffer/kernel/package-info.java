/**
 * The loop both services stand on: commands in, frames out, facts stored before effects leave.
 *
 * <p>JDK only, no decisions of its own. The one choice that shaped it: a core is a pure function of
 * state, command and {@link io.proffer.kernel.Moment}, so that a run can be replayed and simulated.
 */
package io.proffer.kernel;
