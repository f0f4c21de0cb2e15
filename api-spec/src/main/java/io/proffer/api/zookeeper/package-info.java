/**
 * ZooKeeper as Proffer uses it: the URL that names a cluster's path there, the tree of nodes as a
 * port, and who leads as the reference writes it ({@code json.info_NNNNNNNNNN}; lifecycle, section
 * 2).
 *
 * <p>Touches Curator behind the port alone; masters contend and keep their registry through it,
 * agents and commands look who leads. The choice that shaped it: everything is asynchronous and
 * completes on one thread of the session, so nobody blocks in a watcher, and a simulator can stand
 * in for the servers.
 */
package io.proffer.api.zookeeper;
