/**
 * The way out to frameworks: effects become events, worded for each stream.
 *
 * <p>May touch {@code api.*}, the words and the core's commands, effects and facts. The decision
 * that shaped it: an event is worded and encoded once, on the event loop of its stream, so the
 * core's thread only hands over values.
 */
package io.proffer.master.stream;
