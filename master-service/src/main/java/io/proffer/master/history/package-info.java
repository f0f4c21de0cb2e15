/**
 * What a leader remembers of completed frameworks and tasks, kept in its work directory.
 *
 * <p>May touch the kernel's journal, the registry's records and the core's facts. The decision that
 * shaped it: it is written from snapshots that are compared with what is in the file, now and then
 * and beside all else, so that nobody ever waits for it, its queue is the table itself, and what
 * comes and goes between two looks costs nothing.
 */
package io.proffer.master.history;
