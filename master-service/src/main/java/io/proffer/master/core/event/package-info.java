/**
 * What became true: one sealed family per noun, each a fact in the past tense.
 *
 * <p>State changes only by applying these. Those that implement {@link
 * io.proffer.master.core.event.Durable} are stored before any effect of their frame leaves.
 */
package io.proffer.master.core.event;
