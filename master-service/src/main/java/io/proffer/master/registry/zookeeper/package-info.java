/**
 * The registry in ZooKeeper, behind the same port as the one in SQLite.
 *
 * <pre>
 *   PATH/proffer/registry/pen            who may write: each write checks and advances it
 *                        /00 ... /ff     buckets; in each the records whose keys hash to it
 *                        /staged         pieces of a batch too large for one request
 * </pre>
 *
 * <p>Touches the port of nodes and the kernel. The choice that shaped it: one node, the pen, is
 * part of every write, so that of two masters that both believe to lead one alone can write, and a
 * write whose answer was lost can be recognised afterwards.
 */
package io.proffer.master.registry.zookeeper;
