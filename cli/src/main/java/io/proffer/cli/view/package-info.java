/**
 * {@code proffer state|agents|frameworks|tasks|explain}: what a master knows, as tables or as JSON.
 *
 * <p>May touch {@code cli.client} and {@code cli.option} only. Each command is one call of the v1
 * operator API, or one document, and one table; {@code --json} prints that answer as it came.
 */
package io.proffer.cli.view;
