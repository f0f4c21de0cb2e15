package io.proffer.master.core.fact;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * How a role stands with the allocator.
 *
 * @param dominant its largest share of any resource of the cluster, 0 to 1
 * @param filters refusals of its frameworks that still hold
 * @param held thousandths of what it was offered or uses, by name
 */
public record RoleShare(
    String role, double dominant, long filters, SequencedMap<String, Long> held) {
  public RoleShare {
    held = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(held));
  }
}
