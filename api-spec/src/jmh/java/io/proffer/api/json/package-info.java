/**
 * What the codec costs, beside Jackson databind on records of the same shape.
 *
 * <p>Compiled and run by {@code -Pbenchmark} only (README of this module). Figures are read by
 * people: nothing here passes or fails.
 */
package io.proffer.api.json;
