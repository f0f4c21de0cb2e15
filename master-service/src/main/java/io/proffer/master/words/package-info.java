/**
 * How rows of the tables look as messages of the v1 API.
 *
 * <p>May touch {@code api.*} and the core's facts; pure. A room of its own because the scheduler's
 * stream and the operators' reads show the same things and may not know each other.
 */
package io.proffer.master.words;
