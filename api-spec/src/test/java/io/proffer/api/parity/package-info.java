/**
 * Holds our message definitions against the published ones, member by member.
 *
 * <p>Reads descriptors only. What shaped it: both sides become plain lines of text first, so that a
 * difference is a line, an accepted difference is a line in {@code parity-exceptions.txt}, and the
 * comparison itself is set arithmetic.
 */
package io.proffer.api.parity;
