/**
 * Files over HTTP, the same on both services: {@code /files/*} and the calls LIST_FILES and
 * READ_FILE.
 *
 * <p>May touch {@code api.http}, {@code api.json} and the messages. The choice that shaped it:
 * files are looked at on workers and sent in pieces, never loaded whole; which paths there are, and
 * where they lead, each service knows by itself ({@link ServedFiles}).
 */
package io.proffer.api.files;
