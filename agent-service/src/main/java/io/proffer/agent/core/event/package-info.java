/**
 * What became true on an agent, one sealed family per noun. May touch {@code api.v1}, {@code
 * api.id} and {@code core.fact}. Those that are {@link io.proffer.agent.core.event.Durable} are
 * checkpoints: the gate holds a frame back until they are stored.
 */
package io.proffer.agent.core.event;
