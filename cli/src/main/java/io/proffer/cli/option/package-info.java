/**
 * Flags that several commands share. May touch {@code cli.client} and picocli.
 *
 * <p>A room of its own, so that commands and the root that lists them stay free of cycles.
 */
package io.proffer.cli.option;
