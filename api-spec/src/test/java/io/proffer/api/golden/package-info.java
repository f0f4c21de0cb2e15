/**
 * The codec against recorded exchanges of the reference, which stay outside the project: a folder
 * named by {@code -Dgolden.dir}, by default {@code ../shared/golden}; without it the tests are
 * skipped with a line.
 *
 * <p>What shaped it: a recording becomes a flat list of samples (a text, the message it is), and
 * each test runs over one kind of them and reports all that differ at once.
 */
package io.proffer.api.golden;
