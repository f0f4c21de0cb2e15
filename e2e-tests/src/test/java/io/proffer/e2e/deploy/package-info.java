/**
 * What {@code deploy/} promises: units, compose file, load balancers, manifests and image, held to
 * the tools they are for and to the flags there are.
 *
 * <p>May touch the harness of {@code io.proffer.e2e} only. The decision that shaped it: what needs
 * a tool that is not there is skipped with a line; what can be held without one is held everywhere.
 */
package io.proffer.e2e.deploy;
