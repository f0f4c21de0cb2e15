/**
 * What both sides of the wire agree on: messages, codecs, framing, resources, routes, flags.
 *
 * <p>Knows no service. The one choice that shaped it: everything here describes the contract, so
 * that a client, a master and an agent can each be built on it alone.
 */
package io.proffer.api;
