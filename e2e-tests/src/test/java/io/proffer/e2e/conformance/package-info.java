/**
 * Recorded exchanges of the reference system, replayed on a fresh cluster and compared.
 *
 * <p>The recordings stay outside the project: {@code -Dgolden.dir} names their folder, {@code
 * ../shared/golden} by default, and without one the suite is skipped with a line. Every difference
 * that stands is listed with its reason in {@code differences.txt}; a line there that no longer
 * holds fails.
 */
package io.proffer.e2e.conformance;
