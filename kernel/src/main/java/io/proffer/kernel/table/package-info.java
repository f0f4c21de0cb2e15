/**
 * What the state of a core is kept in: tables in the order of insertion, and deadlines.
 *
 * <p>Knows {@link io.proffer.kernel.Undo} and the JDK, nothing else. The one choice that shaped it:
 * a reader on another thread gets a snapshot that copies page pointers only, so asking for the
 * whole state costs the loop microseconds; the price is a page copied at the first write after it.
 */
package io.proffer.kernel.table;
