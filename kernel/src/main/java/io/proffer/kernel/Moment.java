package io.proffer.kernel;

import java.time.Instant;

/**
 * The instant of one turn, as the core may know it.
 *
 * @param monotonicNanos for every deadline; comparable only within one run of the process
 * @param wall wall time, for what goes on wires
 * @param seed for this turn's choices
 * @param ids mints identities that must not repeat
 */
public record Moment(long monotonicNanos, Instant wall, long seed, Ids ids) {}
