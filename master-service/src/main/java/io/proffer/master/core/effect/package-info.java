/**
 * What the world must hear: addressed facts, in order, once the frame's durable events are stored.
 *
 * <p>They say what, not how: the shells word them for each stream's capabilities and media type.
 */
package io.proffer.master.core.effect;
