/**
 * The link with agents (docs/agent-protocol.md): sessions, epochs, sequence numbers, pings; records
 * become commands, effects become records.
 *
 * <p>May touch {@code api.*} and the core's commands and effects. The decision that shaped it: it
 * decides nothing about agents. It says that a session ended or an agent is silent; what follows is
 * the core's. Pings and their answers never reach the core's queue.
 */
package io.proffer.master.agentlink;
