/**
 * Where sandboxes are on disk, and what of them may be read from outside (containerization, section
 * 11; operator-api, section 5).
 *
 * <p>Touches the file system and the ids, nothing else. The choice that shaped it: nothing below a
 * run is opened by a path, which the task could bend between our look and our opening; each name is
 * opened relative to the directory before it, and never through a link ({@code Descent}).
 */
package io.proffer.agent.sandbox;
