/**
 * What may be asked of the master: one sealed family per speaker.
 *
 * <p>A command that exists is well-formed: the shells have decoded it and checked its shape.
 * Messages of the wire travel inside as immutable values, so that unknown fields survive.
 */
package io.proffer.master.core.command;
