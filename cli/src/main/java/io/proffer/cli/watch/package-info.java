/** {@code proffer events} and {@code proffer top}: what happens, as it happens. */
package io.proffer.cli.watch;
