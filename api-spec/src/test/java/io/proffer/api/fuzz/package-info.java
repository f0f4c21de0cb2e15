/**
 * What must hold of decoders whatever bytes come, and how to look for bytes of which it does not:
 * {@code ./mvnw -Pfuzz -Dfuzz.minutes=5 process-test-classes} gives each target so long to Jazzer.
 * The normal build replays the seeds, to which each input that once broke something is added.
 */
package io.proffer.api.fuzz;
