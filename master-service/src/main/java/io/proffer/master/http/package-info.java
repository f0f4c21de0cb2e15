/**
 * The way in: v1 calls become commands, reads become answers.
 *
 * <p>May touch the kernel, {@code api.*} and the core's commands, events and effects. The decision
 * that shaped it: the shape of a call is checked here, its meaning in the core, so that a command
 * that exists is well-formed.
 */
package io.proffer.master.http;
