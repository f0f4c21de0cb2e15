/**
 * What follows from a command: one class each, from start to end in one turn. Rules never call
 * rules; what they share is in {@code core.step} and {@code core.update}.
 */
package io.proffer.agent.core.rule;
