/**
 * Status updates on their way to the master: per task strictly in order, one on its way at a time,
 * sent again until acknowledged (executor-api, section 7).
 *
 * <p>The decision that shaped it: a stream is a row like any other, and "send again" is a deadline,
 * so that nothing here waits.
 */
package io.proffer.agent.core.update;
