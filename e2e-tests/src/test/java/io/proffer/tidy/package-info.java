/**
 * The habits of the house as ordinary tests over the whole tree: format, file size, words, rooms.
 *
 * <p>May touch the JDK, ArchUnit and google-java-format. The decision that shaped it: what a
 * reviewer would say twice is said here once.
 */
package io.proffer.tidy;
