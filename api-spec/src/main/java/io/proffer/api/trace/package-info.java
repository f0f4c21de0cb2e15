/**
 * Where the time of a task goes between its ACCEPT and TASK_RUNNING, as lines of the log and as
 * spans for a collector.
 *
 * <p>May touch the flags, Jackson's writer and SLF4J. The decision that shaped it: master and agent
 * each tell the hops they see by their own clock; nothing is added to any message.
 */
package io.proffer.api.trace;
