/**
 * Which software answers: the version of the protocol, our own, and the build.
 *
 * <p>Touches nothing but the wire types. The decision that shaped it: masters and agents show the
 * same, so it is filled in once, by the build.
 */
package io.proffer.api.version;
