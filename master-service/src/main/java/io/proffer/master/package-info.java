/**
 * The master: a pure core in a thin shell, wired by hand in {@code MasterAssembly}.
 *
 * <p>This room is the front door: main, configuration, assembly. It knows all rooms, none know it.
 */
package io.proffer.master;
