package io.proffer.e2e.ha;

import io.proffer.e2e.Form;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Frameworks of several roles, each in a thread of its own: one that asks any master, one that does
 * so in protobuf, and one that knows a single master, which stands by as it begins.
 */
final class Crowd implements AutoCloseable {
  private final List<SteadyFramework> frameworks;
  private final List<Load> loads;

  Crowd(HaCluster cluster, Path traces, SplittableRandom chance) {
    var all = cluster.masterUrls();
    var standby = List.of(all.get((cluster.awaitLeader() + 1) % all.size()));
    this.frameworks =
        List.of(
            new SteadyFramework("steady", Form.JSON, all, traces, chance.split()),
            new SteadyFramework("terse", Form.PROTOBUF, all, traces, chance.split()),
            new SteadyFramework("faithful", Form.JSON, standby, traces, chance.split()));
    this.loads = frameworks.stream().map(Load::of).toList();
  }

  /** All go on for so long, or one fails, and the test with it. */
  void live(Duration time) {
    loads.getFirst().watch(time);
    loads.forEach(load -> load.watch(Duration.ZERO));
  }

  /** Each launches no more, knows the end of each of its tasks, and was told the truth. */
  void settle(Duration limit) throws IOException {
    loads.forEach(Load::end);
    for (var framework : frameworks) {
      framework.settle(limit);
      framework.check();
    }
  }

  int launched() {
    return frameworks.stream().mapToInt(SteadyFramework::launched).sum();
  }

  /** The fewest tasks that one of them launched. */
  int fewest() {
    return frameworks.stream().mapToInt(SteadyFramework::launched).min().orElseThrow();
  }

  /** How often another master led, as far as they have seen it. */
  int failovers() {
    var leaders = new HashSet<String>();
    frameworks.forEach(framework -> leaders.addAll(framework.leaders()));
    return leaders.size() - 1;
  }

  @Override
  public String toString() {
    var finished = ended("TASK_FINISHED");
    var failed = ended("TASK_FAILED");
    return "%d frameworks with %d subscriptions ran %d tasks: %d finished, %d failed, %d never began"
        .formatted(
            frameworks.size(),
            frameworks.stream().mapToInt(SteadyFramework::subscriptions).sum(),
            launched(),
            finished,
            failed,
            launched() - finished - failed);
  }

  private long ended(String state) {
    return frameworks.stream().mapToLong(framework -> framework.ended(state)).sum();
  }

  @Override
  public void close() {
    loads.forEach(Load::close);
    frameworks.forEach(SteadyFramework::close);
  }
}
