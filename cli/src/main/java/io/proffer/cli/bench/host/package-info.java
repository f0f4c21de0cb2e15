/**
 * {@code proffer bench agent}: how fast one agent launches, what its tasks cost, and how soon it is
 * back after it was killed.
 *
 * <p>May touch picocli, {@code cli.client}, {@code cli.bench} and its rooms {@code framework} and
 * {@code process}. The decision that shaped it: master, agent and tasks are real processes and the
 * framework is real too; whether something was lost is asked of the processes, not of who should
 * have kept them.
 */
package io.proffer.cli.bench.host;
