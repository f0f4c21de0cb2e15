/**
 * What of the tables one reader may see (lifecycle, section 11): rows are left out before anybody
 * words them, so that no document has to remember to. Who may see everything is given what there
 * is, unchanged.
 *
 * <p>May touch facts alone. Used by {@code http} for answers, by {@code watch} for events.
 */
package io.proffer.master.sight;
