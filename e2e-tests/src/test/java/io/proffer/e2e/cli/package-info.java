/**
 * What the README promises: the commands and the examples, run as a person runs them.
 *
 * <p>May touch the harness of {@code io.proffer.e2e} only. Each test looks at what a person sees:
 * output, exit code, and what is left behind.
 */
package io.proffer.e2e.cli;
