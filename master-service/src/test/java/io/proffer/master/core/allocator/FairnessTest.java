package io.proffer.master.core.allocator;

import static io.proffer.master.core.allocator.Rows.agent;
import static io.proffer.master.core.allocator.Rows.framework;
import static io.proffer.master.core.allocator.Rows.resources;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.resource.Quantities;
import io.proffer.api.resource.Resources;
import io.proffer.master.core.fact.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over thousands of cycles shares come out equal where demand is. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class FairnessTest {
  private static final List<String> TASKS =
      List.of("cpus:1;mem:256", "cpus:0.5;mem:1024", "cpus:2;mem:64", "cpus:1;mem:512");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void rolesThatTakeAllTheyGetEndWithEqualShares(long seed) {
    var random = new Random(seed);
    var cluster = TestCluster.withDefaults();
    for (int i = 0; i < 8; i++) {
      cluster.add(framework("f" + i, "role" + i % TASKS.size()));
    }
    for (int i = 0; i < 20; i++) {
      cluster.add(agent("s" + i, "cpus:16;mem:8192"));
    }
    var total = resources("cpus:320;mem:163840").quantities();
    var running = new ArrayList<Offer>();
    for (int cycle = 0; cycle < 4000; cycle++) {
      for (var offer : cluster.offersWithin(Duration.ofSeconds(1))) {
        var task = taskOf(offer.role());
        boolean fits = offer.resources().withoutAllocation().contains(task);
        if (fits && random.nextInt(8) > 0) {
          running.add(cluster.accept(offer, task, 0));
        } else {
          cluster.decline(offer, fits ? 0 : 2);
        }
      }
      // Tasks of everybody end at the same rate, so that what is free keeps moving.
      for (int i = random.nextInt(3); i > 0 && running.size() > 200; i--) {
        cluster.finish(running.remove(random.nextInt(running.size())));
      }
    }
    var shares = new TreeMap<String, Double>();
    for (int i = 0; i < TASKS.size(); i++) {
      var role = "role" + i;
      shares.put(role, heldBy(role, running).dominantShare(total));
    }
    double least = shares.values().stream().min(Double::compare).orElseThrow();
    double most = shares.values().stream().max(Double::compare).orElseThrow();
    assertTrue(least > 0.2 && most - least < 0.06, shares::toString);
  }

  private static Resources taskOf(String role) {
    return resources(TASKS.get(role.charAt(role.length() - 1) - '0'));
  }

  private static Quantities heldBy(String role, List<Offer> running) {
    var held = Quantities.empty();
    for (var offer : running) {
      if (offer.role().equals(role)) {
        held = held.plus(offer.resources().quantities());
      }
    }
    return held;
  }
}
