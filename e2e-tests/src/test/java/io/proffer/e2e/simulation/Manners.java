package io.proffer.e2e.simulation;

import io.proffer.api.http.MediaType;
import io.proffer.api.v1.FrameworkInfo;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How a framework behaves.
 *
 * @param accepts chance to use an offer when it has tasks to run
 * @param holds chance to sit on an offer until it is rescinded or the run ends
 * @param refusal how long it does not want back what it declines
 * @param suppresses whether it asks for no offers while it has enough tasks
 * @param kills chance that it kills a task it has launched
 * @param slowness how long it takes over an acknowledgement at most
 * @param leaves whether it tears down in the middle
 */
record Manners(
    MediaType type,
    List<String> roles,
    boolean partitionAware,
    boolean taskKilling,
    double accepts,
    double holds,
    Duration refusal,
    boolean suppresses,
    double kills,
    Duration slowness,
    boolean leaves) {

  /** One of the five characters, its figures drawn. */
  static Manners drawn(int which, SplittableRandom chance) {
    var type = chance.nextBoolean() ? MediaType.JSON : MediaType.PROTOBUF;
    var aware = chance.nextBoolean();
    var refusal = Duration.ofSeconds(1 + chance.nextInt(30));
    var slowness = Duration.ofMillis(chance.nextInt(5_000));
    return switch (which % 5) {
      case 0 -> // takes all it can get
          new Manners(
              type, List.of("a"), aware, true, 1, 0, refusal, false, 0.1, Duration.ZERO, false);
      case 1 -> // hard to please
          new Manners(
              type, List.of("b", "c"), aware, false, 0.3, 0, refusal, false, 0.2, slowness, false);
      case 2 -> // sits on offers
          new Manners(
              type, List.of("a"), aware, true, 0.7, 0.3, refusal, false, 0.3, slowness, false);
      case 3 -> // considerate
          new Manners(
              type, List.of("*"), aware, false, 0.8, 0, refusal, true, 0.1, slowness, false);
      default -> // leaves early
          new Manners(
              type, List.of("b"), aware, true, 0.9, 0.05, refusal, false, 0.1, slowness, true);
    };
  }

  /** What a framework of these manners says of itself. */
  FrameworkInfo info(String name) {
    var info =
        FrameworkInfo.newBuilder()
            .setUser("nobody")
            .setName(name)
            .addAllRoles(roles)
            .setFailoverTimeout((double) Duration.ofDays(7).toSeconds())
            .setCheckpoint(true);
    info.addCapabilitiesBuilder().setType(FrameworkInfo.Capability.Type.MULTI_ROLE);
    if (partitionAware) {
      info.addCapabilitiesBuilder().setType(FrameworkInfo.Capability.Type.PARTITION_AWARE);
    }
    if (taskKilling) {
      info.addCapabilitiesBuilder().setType(FrameworkInfo.Capability.Type.TASK_KILLING_STATE);
    }
    return info.build();
  }
}
