/**
 * Documents made of pieces: rows that are encoded once per change, however often they are read, and
 * the little that stands between them. Nothing here knows what a row is.
 */
package io.proffer.master.http.piece;
