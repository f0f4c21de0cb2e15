package io.proffer.master;

import io.proffer.master.election.Election;
import io.proffer.master.election.Standing;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a master stands, for who asks before there is an election: it listens first, because what it
 * announces has the port in it.
 */
final class LateElection implements Supplier<Standing> {
  private volatile Optional<Election> election = Optional.empty();

  void is(Election held) {
    election = Optional.of(held);
  }

  @Override
  public Standing get() {
    return election.map(Election::standing).orElseGet(Standing.Leaderless::new);
  }
}
