/**
 * What the agent answers over HTTP: the operator API, its documents, and the files of sandboxes.
 *
 * <p>May touch {@code api}, commands and effects of the core, and the rooms it answers from: {@code
 * sandbox} for files, {@code monitor} and {@code metrics}. The choice that shaped it: what may be
 * long is worded and sent on workers, never on an event loop.
 */
package io.proffer.agent.http;
