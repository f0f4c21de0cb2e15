/**
 * Containers: the port that starts, signals and finds them, and what may stand behind it.
 *
 * <p>May touch {@code core.command}, {@code core.effect}, {@code core.fact}, the sandbox, SLF4J and
 * the JDK. The decision that shaped it: orders are effects and outcomes are commands, so a
 * containerizer keeps no decisions, may work on as many threads as it likes, and a later one
 * (cgroups, images) needs no other door.
 */
package io.proffer.agent.container;
