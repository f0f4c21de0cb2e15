package io.proffer.agent;

import io.proffer.agent.container.launcher.Occupants;
import io.proffer.agent.core.command.HostCommand;
import io.proffer.agent.core.fact.Snapshot;
import io.proffer.agent.gc.Ballast;
import io.proffer.agent.gc.Disk;
import io.proffer.agent.gc.DiskRelief;
import io.proffer.agent.gc.GcCounts;
import io.proffer.agent.gc.GcRounds;
import io.proffer.agent.gc.SandboxCollector;
import io.proffer.agent.sandbox.Sandboxes;
import io.proffer.api.metrics.Figures;
import io.proffer.kernel.Clock;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The disk of the work directory: what may go from it, and what is kept back. */
final class WorkDisk {
  private final AgentConfig config;
  private final Clock clock;
  private final GcCounts counts;
  private final SandboxCollector collector;
  private final DiskRelief relief;

  /**
   * Once the directories are the agent's own.
   *
   * @param offer to the core; false before there is one
   */
  WorkDisk(
      AgentConfig config, Sandboxes sandboxes, Predicate<? super HostCommand> offer, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.counts = new GcCounts(config.tuning().gcPolicy().maxAge(0));
    this.collector =
        new SandboxCollector(
            config.workDir(),
            config.runtimeDir().resolve("containers"),
            Occupants::containers,
            config.tuning().gcPolicy(),
            Disk.of(config.workDir()),
            sandboxes::whileNoneIsMade,
            counts);
    this.relief =
        new DiskRelief(
            new Ballast(config.workDir(), config.tuning().ballast()),
            collector,
            full -> offer.test(new HostCommand.Disk(full)),
            clock);
  }

  /** Who makes room when there is none. */
  DiskRelief relief() {
    return relief;
  }

  /** Tells what was removed. */
  void addTo(Figures figures) {
    counts.addTo(figures);
  }

  /** Looks after it from now on, once there is a core. */
  GcRounds rounds(Supplier<CompletionStage<Snapshot>> snapshots) {
    relief.look();
    return new GcRounds(collector, relief, snapshots, clock, config.tuning().diskWatchInterval());
  }
}
