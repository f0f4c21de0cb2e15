/**
 * The measured master, or agent, as a process: started, killed, and looked at from outside.
 *
 * <p>May touch the JDK alone. The decision that shaped it: what a service costs is read where the
 * operating system and the JVM's own tools show it, so that one of any version can be measured.
 */
package io.proffer.cli.bench.process;
