package io.proffer.master.registry.zookeeper;

import java.util.function.BooleanSupplier;

/**
 * Who opens a registry to write to it.
 *
 * @param id a new one for each opening
 * @param mayWrite whether it leads: what it could not write until it does not is given up
 */
public record Writer(String id, BooleanSupplier mayWrite) {}
