package io.proffer.agent.gc;

import io.proffer.agent.core.fact.Snapshot;
import io.proffer.kernel.Clock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has sandboxes collected again and again, on a thread of its own. */
public final class GcRounds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.agent");

  private final SandboxCollector collector;
  private final DiskRelief relief;
  private final Supplier<CompletionStage<Snapshot>> snapshots;
  private final Clock clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("gc-", 0).factory());

  /**
   * Starts; the first round is after one interval.
   *
   * @param relief looks again after each round
   * @param snapshots of the core, each of a turn after it was asked for
   */
  public GcRounds(
      SandboxCollector collector,
      DiskRelief relief,
      Supplier<CompletionStage<Snapshot>> snapshots,
      Clock clock,
      Duration interval) {
    this.collector = collector;
    this.relief = relief;
    this.snapshots = snapshots;
    this.clock = clock;
    var nanos = interval.toNanos();
    var _ = thread.scheduleWithFixedDelay(this::round, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private void round() {
    var asked = clock.wall();
    var _ =
        snapshots
            .get()
            .thenAcceptAsync(snapshot -> collect(snapshot, asked), thread)
            .exceptionally(
                cause -> {
                  LOG.debug("No round of collecting old sandboxes this time", cause);
                  return null;
                });
  }

  private void collect(Snapshot snapshot, Instant asked) {
    try {
      collector.collect(used(snapshot), asked);
    } catch (IOException | RuntimeException e) {
      LOG.warn("Old sandboxes could not be collected; trying again later", e);
    }
    relief.look();
  }

  private static Set<String> used(Snapshot snapshot) {
    var used = new HashSet<String>();
    for (var task : snapshot.tasks()) {
      used.add(task.container().value());
    }
    for (var executor : snapshot.executors()) {
      used.add(executor.container().value());
    }
    return used;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
