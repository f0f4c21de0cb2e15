/**
 * {@code proffer logs}: what a task has written, read through the master.
 *
 * <p>May touch {@code client} and {@code option}. The choice that shaped it: the master fetches the
 * pieces, so that whoever reaches a master can read logs.
 */
package io.proffer.cli.logs;
