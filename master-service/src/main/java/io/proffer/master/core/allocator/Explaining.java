package io.proffer.master.core.allocator;

import io.proffer.kernel.Moment;
import io.proffer.master.core.fact.Explanation;
import java.util.Optional;

/** An explanation that is made bit by bit: it may have to look at all agents. */
@FunctionalInterface
public interface Explaining {
  /**
   * Goes on from where it stopped; what came or went meanwhile may be in it or not.
   *
   * @param allowance how many agents may be looked at; fewer where constraints take long
   * @return empty when there is more to look at
   */
  Optional<Explanation> go(Allowance allowance, Moment moment);
}
