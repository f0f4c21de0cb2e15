/**
 * What an agent knows: one table per noun, written only by applying events.
 *
 * <p>Rules get {@link io.proffer.agent.core.state.Turn}: they read tables, {@code emit} events and
 * {@code send} effects. Every write leaves its inverse in the undo log of the turn, so a rule that
 * throws leaves nothing behind. May touch {@code core.event}, {@code core.effect}, {@code
 * core.fact} and the kernel.
 */
package io.proffer.agent.core.state;
