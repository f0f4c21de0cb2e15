/**
 * {@code proffer run}: a framework that launches one command some times and ends with it.
 *
 * <p>May touch {@code cli.client} and {@code cli.option} only. The decision that shaped it: one
 * thread reads the event stream and owns all state; the tails of task output only read and print.
 */
package io.proffer.cli.run;
