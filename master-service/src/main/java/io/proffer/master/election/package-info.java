/**
 * Who leads: the port, and the answer of a master that has no other beside it.
 *
 * <p>Touches nothing of the master. The decision that shaped it: standing is a value that anyone
 * may ask for at any time; nobody waits for an election.
 */
package io.proffer.master.election;
