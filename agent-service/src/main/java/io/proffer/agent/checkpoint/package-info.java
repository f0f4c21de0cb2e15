/**
 * What must outlive the agent's process, as puts and deletes of a journal, and back again.
 *
 * <p>May touch {@code core.event}, {@code core.fact}, {@code api.internal} and the kernel. The
 * decision that shaped it: a pure function from event to writes, so that the gate can hold a frame
 * back until it is stored. Each thing that becomes true of a task has a key of its own, so that no
 * event need carry more than it says.
 */
package io.proffer.agent.checkpoint;
