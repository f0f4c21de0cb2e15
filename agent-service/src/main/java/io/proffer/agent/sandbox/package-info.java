/**
 * Where sandboxes are on disk, and what of them may be read from outside (containerization, section
 * 11; operator-api, section 5).
 *
 * <p>Touches the file system and the ids, nothing else. The choice that shaped it: a path is
 * allowed by where it really leads, after links, never by how it is spelled.
 */
package io.proffer.agent.sandbox;
