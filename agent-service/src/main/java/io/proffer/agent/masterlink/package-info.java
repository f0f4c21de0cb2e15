/**
 * Finds the master (of a list, or in ZooKeeper), opens sessions with it, and carries records both
 * ways (docs/agent-protocol.md).
 *
 * <p>May touch {@code api.internal}, {@code core.command}, {@code core.effect}, and Vert.x in
 * {@link io.proffer.agent.masterlink.VertxWire} alone. The decision that shaped it: it never
 * decides when to try again and what to say; the core does. A session that cannot be trusted any
 * more (silence, a gap, an unreadable record) is given up as a whole, because a new one restores
 * everything.
 */
package io.proffer.agent.masterlink;
