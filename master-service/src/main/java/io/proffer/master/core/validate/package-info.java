/**
 * Is this call sound? Pure functions that return the text of the first thing that is wrong, or
 * nothing.
 *
 * <p>May touch {@code api.v1}, {@code api.resource} and facts. The decision that shaped it: checks
 * see only what they are given, so rules and dry runs share them, and the order and the texts
 * (which frameworks show to people, and some compare) stand in one place.
 */
package io.proffer.master.core.validate;
