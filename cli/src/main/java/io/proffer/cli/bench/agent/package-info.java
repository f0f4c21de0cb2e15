/**
 * Agents that launch nothing: they speak the agent protocol (docs/agent-protocol.md) to a real
 * master and play the life of each task.
 *
 * <p>May touch {@code api.*} and Vert.x, never the services. The decision that shaped it: the
 * protocol is written here a second time, from its text, so that a load run also proves the text.
 */
package io.proffer.cli.bench.agent;
