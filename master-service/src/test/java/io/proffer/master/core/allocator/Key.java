package io.proffer.master.core.allocator;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;

/** Who holds, or refuses, something of whom. */
record Key(FrameworkId framework, String role, AgentId agent) {
  boolean of(FrameworkId id) {
    return framework.equals(id);
  }
}
