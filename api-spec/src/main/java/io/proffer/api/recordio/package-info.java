/**
 * Framing of record streams (RecordIO): {@code <length in decimal digits>\n<bytes>}, again and
 * again (protocol/scheduler-api.md section 1, "Framing").
 *
 * <p>Knows bytes only: no message, no codec, no transport; uses the JDK alone. What shaped it: the
 * parser takes pieces as they come from a connection and keeps no more than the record under way,
 * growing with what has arrived, so that a length that lies costs its sender and nobody else.
 */
package io.proffer.api.recordio;
