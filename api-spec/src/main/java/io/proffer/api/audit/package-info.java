/**
 * The audit log: who changed what, one JSON line for each call.
 *
 * <p>May touch the flags, protobuf, Jackson's writer and SLF4J. The decision that shaped it: a line
 * holds ids, names and a status, never a body, a header or a query, so that no secret can be in it;
 * and whoever is heard never waits for the disk, so that lines are lost, and counted, rather than
 * calls held up.
 */
package io.proffer.api.audit;
