/**
 * What the world must hear of an agent, one sealed family per addressee. May touch {@code api.v1},
 * {@code api.id}, {@code core.command} and {@code core.fact}.
 */
package io.proffer.agent.core.effect;
