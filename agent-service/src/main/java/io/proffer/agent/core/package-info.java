/**
 * The pure agent: one exhaustive switch from command to rule.
 *
 * <p>No IO, no clock, no randomness, no logger; a rule runs from start to end in one turn. It
 * decides when to register, what to launch, what to kill and when, and which updates leave; the
 * shells around it only do.
 */
package io.proffer.agent.core;
