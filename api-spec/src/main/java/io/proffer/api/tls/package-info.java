/**
 * Encryption: certificates and keys as PEM files have them, checked before they are used, and read
 * anew while they are in use. Knows the JDK's TLS alone; what a server or client of Vert.x makes of
 * it is said in {@code api.http}. May touch the JDK, {@code api.auth} for what is wrong with a
 * file, and {@code api.flags} with picocli for the flags that both services have.
 *
 * <p>A key is never told, neither in an error nor as text.
 */
package io.proffer.api.tls;
