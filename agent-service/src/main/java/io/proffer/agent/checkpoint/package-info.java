/**
 * What must outlive the agent's process, as puts and deletes of a journal.
 *
 * <p>May touch {@code core.event}, {@code api.internal} and the kernel. The decision that shaped
 * it: a pure function from event to writes, so that the gate can hold a frame back until it is
 * stored, and what is stored is the wire's own messages. Reading it back comes with agent recovery;
 * until then the journal is kept in memory.
 */
package io.proffer.agent.checkpoint;
