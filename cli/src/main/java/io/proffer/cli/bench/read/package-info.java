/** Readers of a master's tables, and what they cost those who change them. */
package io.proffer.cli.bench.read;
