package com.example.policy;

import io.proffer.master.core.allocator.policy.Policy;
import io.proffer.master.core.allocator.policy.PolicyProvider;
import io.proffer.master.core.allocator.policy.Rank;
import io.proffer.master.core.allocator.policy.Standing;
import java.util.List;

/** Whoever has the smallest part of the memory, divided by the weight, comes first. */
public final class MemoryPolicy implements Policy {

  /** Makes it; the one option it may have is another resource to go by. */
  public static final class Provider implements PolicyProvider {
    @Override
    public List<String> names() {
      return List.of("memory");
    }

    @Override
    public Policy create(String options) {
      var resource = options.isBlank() ? "mem" : options.strip();
      if (!resource.matches("[a-z]+")) {
        throw new IllegalArgumentException(
            "Expected nothing, or the name of one resource as in gpus, but got '" + options + "'");
      }
      return new MemoryPolicy(resource);
    }
  }

  private final String resource;

  /** Goes by this scalar resource. */
  MemoryPolicy(String resource) {
    this.resource = resource;
  }

  @Override
  public Rank rank(Standing standing) {
    return Rank.of(standing.shareOf(resource).dividedBy(standing.weight()));
  }
}
