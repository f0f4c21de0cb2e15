/**
 * What may be asked of an agent's core, one sealed family per speaker. May touch {@code api.v1},
 * {@code api.id} and {@code core.fact}.
 */
package io.proffer.agent.core.command;
