/**
 * {@code proffer bench}: how many tasks a master bears, how long they wait, and what they cost.
 *
 * <p>May touch picocli, {@code cli.client}, {@code cli.option} and its own rooms {@code agent},
 * {@code framework}, {@code process} and {@code read}; the room {@code host} is a command of its
 * own. The decision that shaped it: the master is a real process and everything else is simulated
 * behind real connections, so that what is measured is the master and nothing is measured that
 * users would not meet.
 */
package io.proffer.cli.bench;
