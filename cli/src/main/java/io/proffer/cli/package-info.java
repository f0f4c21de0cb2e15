/**
 * The command {@code proffer}: one runnable jar for the services and for their users.
 *
 * <p>Sees only {@code api.*}, like any client; its room {@code local} alone knows how to assemble a
 * master and agents. That decision keeps us honest: whatever these commands can do, a client in
 * another language can do over plain HTTP.
 */
package io.proffer.cli;
