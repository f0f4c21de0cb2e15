/**
 * This host, as the agent finds it: addresses, names, resources, directories.
 *
 * <p>May touch {@code api.v1}, {@code api.resource} and the JDK. The decision that shaped it: asked
 * once at the start, so that what the agent announces does not change under it.
 */
package io.proffer.agent.host;
