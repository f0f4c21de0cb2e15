package io.proffer.master.core.fact;

import io.proffer.api.id.FrameworkId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.scheduler.OfferConstraints;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A framework as the tables hold it.
 *
 * @param info as accepted, with its id
 * @param roles the roles it is subscribed to, without duplicates, in the order given
 * @param suppressed those of {@code roles} that get no offers
 * @param constraints the default instance when there are none
 * @param allocated resources of its live tasks and executors
 * @param offered resources of its outstanding offers
 */
public record Framework(
    FrameworkId id,
    FrameworkInfo info,
    Capabilities capabilities,
    List<String> roles,
    List<String> suppressed,
    OfferConstraints constraints,
    FrameworkLink link,
    Instant registered,
    Optional<Instant> reregistered,
    Resources allocated,
    Resources offered) {

  public Framework {
    roles = List.copyOf(roles);
    suppressed = List.copyOf(suppressed);
  }

  /** True while its stream is open. */
  public boolean connected() {
    return link instanceof FrameworkLink.Connected;
  }
}
