/**
 * The error rows of the scheduler API's protocol, one readable table file for each section, and how
 * they are read.
 *
 * <p>May touch the JDK only. What a row means is for the test that plays it; a row nobody can play
 * yet says why in the table, so that none is forgotten.
 */
package io.proffer.master.rows;
