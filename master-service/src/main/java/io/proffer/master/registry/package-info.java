/**
 * Durable facts: which event puts or deletes which record, and back again at start.
 *
 * <p>May touch the kernel's journal, {@code api.*} and the core's events and facts. The decision
 * that shaped it: the mapping is a pure function to puts and deletes under keys, one record a key,
 * so that any store of keys will do.
 */
package io.proffer.master.registry;
