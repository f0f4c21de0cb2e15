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

  /** Whether it tells apart the ways a task can be lost. */
  public boolean partitionAware() {
    return capabilities.partitionAware();
  }

  /** Its open stream. */
  public Optional<String> stream() {
    return link instanceof FrameworkLink.Connected(var streamId)
        ? Optional.of(streamId)
        : Optional.empty();
  }

  /** The same row, standing so with the master. */
  public Framework withLink(FrameworkLink link) {
    return new Framework(
        id,
        info,
        capabilities,
        roles,
        suppressed,
        constraints,
        link,
        registered,
        reregistered,
        allocated,
        offered);
  }

  /** The same row with these roles suppressed. */
  public Framework withSuppressed(List<String> suppressed) {
    return new Framework(
        id,
        info,
        capabilities,
        roles,
        suppressed,
        constraints,
        link,
        registered,
        reregistered,
        allocated,
        offered);
  }

  /** The same row, using this. */
  public Framework withAllocated(Resources allocated) {
    return new Framework(
        id,
        info,
        capabilities,
        roles,
        suppressed,
        constraints,
        link,
        registered,
        reregistered,
        allocated,
        offered);
  }

  /** The same row, being offered this. */
  public Framework withOffered(Resources offered) {
    return new Framework(
        id,
        info,
        capabilities,
        roles,
        suppressed,
        constraints,
        link,
        registered,
        reregistered,
        allocated,
        offered);
  }
}
