/**
 * Plain processes under a tiny supervisor: no JVM per task, no cgroups, no images.
 *
 * <p>The supervisor ({@code supervisor.c}, or {@code supervisor.sh} with the same contract) owns
 * the whole tree of a container, outlives the agent, and leaves the wait status in a file. The
 * decision that shaped it: all that the agent must know to take a container over is in one
 * directory per container, {@code RUNTIME_DIR/containers/ID}, written by the supervisor itself, and
 * the compiled one writes it first: there is no moment in which a started process is known to
 * nobody. So whoever starts it may die as well: the JVM ({@code DirectStarter}), or a small process
 * that forks ({@code Spawner}).
 */
package io.proffer.agent.container.launcher;
