/**
 * JSON text of any protobuf message, both ways, as the v1 API writes it.
 *
 * <p>Stands on jackson-core's streaming parser and generator and on the generated message classes;
 * knows no message by name except the short table {@link io.proffer.api.json.EmptyLists}. What
 * shaped it: one table per message type, computed once from its descriptor, with method handles
 * instead of reflection per field, so that JSON costs about what Jackson databind on records costs.
 */
package io.proffer.api.json;
