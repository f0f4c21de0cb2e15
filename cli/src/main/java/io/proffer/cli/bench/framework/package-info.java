/**
 * Schedulers that keep tasks in flight over the v1 API, in JSON or protobuf, and measure each.
 *
 * <p>May touch {@code api.*} and Vert.x. The decision that shaped it: a scheduler is of one event
 * loop and asks for nothing a scheduler of another make could not ask for.
 */
package io.proffer.cli.bench.framework;
