/**
 * Writes {@code openapi/master.yaml} and {@code openapi/agent.yaml}: OpenAPI 3.1 from the route
 * table, the descriptors of the messages, and the comments of the .proto files.
 *
 * <p>Touches {@code api.endpoint}, {@code api.json}, protobuf and Jackson. Works while building
 * only: services send the committed files, and lack the YAML library. The choice that shaped it:
 * what code cannot tell (examples, refusals, plain documents) stands in YAML beside this package,
 * and every example goes through the codec, so that none can be wrong.
 */
package io.proffer.api.openapi;
