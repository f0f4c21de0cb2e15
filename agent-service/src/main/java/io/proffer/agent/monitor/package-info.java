/**
 * What containers use: cpu, memory, processes.
 *
 * <p>Touches /proc and the clock, nothing else. The choice that shaped it: a container is the tree
 * below its supervisor, so that it can be measured without cgroups; one scan serves all who ask.
 */
package io.proffer.agent.monitor;
