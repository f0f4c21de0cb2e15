/**
 * What the agent answers over HTTP: health, version, state, and the files of sandboxes.
 *
 * <p>May touch {@code api}, commands and effects of the core, and {@code sandbox} for files. The
 * choice that shaped it: files are read on workers and sent in pieces, never loaded whole.
 */
package io.proffer.agent.http;
