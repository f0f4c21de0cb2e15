package io.proffer.master.core.fact;

import io.proffer.api.id.FrameworkId;
import java.util.List;

/**
 * Why a framework is offered what it is offered, or nothing.
 *
 * @param roles those that were asked about
 */
public record Explanation(FrameworkId framework, List<RoleExplanation> roles) {
  public Explanation {
    roles = List.copyOf(roles);
  }
}
