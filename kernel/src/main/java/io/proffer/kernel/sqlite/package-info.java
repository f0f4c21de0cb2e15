/**
 * The journal on SQLite: one file, one table of keys and values, one writer thread.
 *
 * <p>The only room of the kernel with a dependency. The one choice that shaped it: all batches that
 * wait share one transaction (group commit), so the cost of forcing the disk is paid once for all.
 */
package io.proffer.kernel.sqlite;
