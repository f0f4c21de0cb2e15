/**
 * What this agent can run. Pure functions over messages.
 *
 * <p>The decision that shaped it: what an agent cannot do it refuses with a sentence, before
 * anything is started; it never runs a task without what the task asked for.
 */
package io.proffer.agent.core.validate;
