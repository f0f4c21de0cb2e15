/**
 * Recorded exchanges of the reference system, replayed on a fresh cluster and compared.
 *
 * <p>The recordings stay outside the project: {@code -Dgolden.dir} names their folder, {@code
 * ../shared/golden} by default, and without one the suite is skipped with a line. Every difference
 * that stands is listed with its reason in {@code differences.txt}, and what no suite tries yet
 * with the feature it waits for in {@code later.txt}. A line that no longer holds fails, and so
 * does a recording that is neither compared nor listed: {@code CoverageTest}, once all suites have
 * run.
 */
package io.proffer.e2e.conformance;
