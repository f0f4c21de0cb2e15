/**
 * What the allocator costs, alone and on one thread: the scenarios of the tests in the sizes of
 * real clusters.
 *
 * <p>Compiled and run by {@code -Pbenchmark} only ({@code docs/allocator.md} has the command and
 * the figures). Figures are read by people: nothing here passes or fails.
 */
package io.proffer.master.core.allocator;
