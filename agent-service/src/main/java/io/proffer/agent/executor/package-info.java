/**
 * {@code POST /api/v1/executor}: the calls of custom executors, and the streams of events they read
 * (executor-api, sections 1 to 3). May touch the words of the core.
 *
 * <p>The decision that shaped it: the core decides what an executor hears and when; this room knows
 * HTTP alone.
 */
package io.proffer.agent.executor;
