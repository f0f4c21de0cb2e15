/**
 * The whole cluster in one thread, of one seed: real cores, loops, gates, codecs, endpoints and
 * links on a simulated clock, network and disk, with containers and executors that follow a script.
 *
 * <p>May touch everything. The decision that shaped it: trouble is drawn from a seed and looked at
 * after every frame, so that whatever goes wrong once goes wrong again for the person who looks.
 */
package io.proffer.e2e.simulation;
