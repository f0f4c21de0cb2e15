/**
 * What operators watch: the events of {@code SUBSCRIBE} (operator-api, section 2).
 *
 * <p>A reader of frames words what became true as events, numbers them, and keeps the latest. Who
 * watches has no queue of its own but a place in that window, and takes from there as fast as it
 * reads: so a slow one costs nobody anything, and one that comes back goes on where it was.
 */
package io.proffer.master.watch;
