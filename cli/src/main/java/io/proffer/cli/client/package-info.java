/**
 * The v1 API from the client's side, over plain HTTP and JSON. May touch the JDK and Jackson.
 *
 * <p>Messages stay JSON trees: a client in a language without our generated types would do the
 * same, and this one shows that nothing else is needed.
 */
package io.proffer.cli.client;
