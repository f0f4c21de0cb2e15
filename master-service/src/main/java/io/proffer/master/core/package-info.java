/**
 * The pure master: one exhaustive switch from command to rule.
 *
 * <p>No IO, no clock, no randomness, no logger; a rule runs from start to end in one turn.
 */
package io.proffer.master.core;
