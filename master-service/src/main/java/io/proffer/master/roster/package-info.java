/**
 * Which masters there are: what each tells the others of itself, over a Vert.x cluster that finds
 * its members in ZooKeeper.
 *
 * <p>Touches the contract and Vert.x, no other shell. The choice that shaped it: all of this may be
 * lost at any time. Elections, the registry and all traffic of frameworks and agents know nothing
 * of it; a cluster that lost its session is closed and built anew.
 */
package io.proffer.master.roster;
