/**
 * What a process of ours tells of itself, whichever service runs in it: how much it logs, and how
 * its host is.
 *
 * <p>May touch {@code api.http}, {@code api.json}, {@code api.flags} and Logback. The choice that
 * shaped it: there is one logging system in a process, so there is one verbosity with one timer,
 * however many services share it.
 */
package io.proffer.api.process;
