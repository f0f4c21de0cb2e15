/**
 * What the agent answers over HTTP: the operator API, its documents, and the files of sandboxes.
 *
 * <p>May touch {@code api}, commands and effects of the core, and the rooms it answers from: {@code
 * sandbox} for files, {@code monitor}, {@code metrics} and {@code log} for its verbosity. The
 * choice that shaped it: files are read on workers and sent in pieces, never loaded whole.
 */
package io.proffer.agent.http;
