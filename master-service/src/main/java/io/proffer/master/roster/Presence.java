package io.proffer.master.roster;

import io.proffer.api.http.Exchange;
import io.proffer.api.version.Version;
import io.proffer.api.zookeeper.CuratorNodes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What this master tells of itself, and what it heard of the others. */
public final class Presence {
  private static final double MILLIS = 1000;

  private final String process = UUID.randomUUID().toString();
  private final Who who;
  private final Clocks clocks;
  private final Roster roster;

  /**
   * This master.
   *
   * @param address where it serves, {@code HOST:PORT}
   */
  public record Who(String address, String hostname, Instant started, BooleanSupplier ready) {}

  /**
   * The clocks of this master.
   *
   * @param nanos monotonic nanoseconds
   * @param wall the time of day
   * @param apart from what difference on the time of another master is worth a warning
   */
  public record Clocks(LongSupplier nanos, Supplier<Instant> wall, Duration apart) {}

  /** Heard of by nobody until it has joined. */
  public Presence(Who who, Clocks clocks) {
    this.who = who;
    this.clocks = clocks;
    this.roster = new Roster(this::card, clocks);
  }

  /**
   * The cluster of the masters, for it to join.
   *
   * @param path of the cluster in ZooKeeper
   */
  public MastersCluster join(CuratorNodes nodes, String path, MastersCluster.Place place) {
    return new MastersCluster(nodes, path, place, this::card, roster);
  }

  /**
   * Who answers {@code GET /api/v1/masters}.
   *
   * @param leader where the leader serves; empty when there is none
   */
  public Consumer<Exchange> endpoint(Supplier<Optional<String>> leader) {
    return new MastersEndpoint(roster, leader);
  }

  private Card card() {
    return new Card(
        process,
        who.address(),
        who.hostname(),
        Version.proffer(),
        who.started().toEpochMilli() / MILLIS,
        clocks.wall().get().toEpochMilli() / MILLIS,
        who.ready().getAsBoolean());
  }
}
