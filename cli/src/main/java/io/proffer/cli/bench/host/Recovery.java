package io.proffer.cli.bench.host;

import io.proffer.cli.bench.BenchException;
import io.proffer.cli.bench.Figures;
import io.proffer.cli.bench.Patience;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Kills the agent while tasks run, starts it again, and looks for them. */
final class Recovery {
  private final Cluster cluster;
  private final Witness witness;
  private final Patience patience;
  private final Figures figures;
  private Optional<Double> answered = Optional.empty();
  private Optional<Double> registered = Optional.empty();

  Recovery(Cluster cluster, Witness witness, Patience patience, Figures figures) {
    this.cluster = cluster;
    this.witness = witness;
    this.patience = patience;
    this.figures = figures;
  }

  /**
   * Plays it once. The times begin when the new process is started.
   *
   * @param before what ran
   * @param now what runs, of what the agent says
   * @return how many of those before do not run any more with the same processes
   */
  int run(Set<Container> before, Supplier<Set<Container>> now) throws BenchException {
    var registration = witness.registration();
    cluster.killAgent();
    long start = System.nanoTime();
    cluster.launchAgent();
    patience.await(
        "the agent has taken its tasks over and is registered again",
        () -> look(start, before.size(), registration),
        () -> "The agent says that %s tasks run.".formatted(witness.runningTasks().orElse(0)));
    figures.add("agent start until it answers with all tasks", answered.orElseThrow(), "s");
    figures.add("agent start until the master has it back", registered.orElseThrow(), "s");
    var lost = new HashSet<>(before);
    lost.removeAll(now.get());
    return lost.size();
  }

  private boolean look(long start, int tasks, Optional<String> registration) {
    if (answered.isEmpty() && witness.runningTasks().filter(count -> count == tasks).isPresent()) {
      answered = Optional.of(Patience.secondsSince(start));
    }
    if (registered.isEmpty()
        && witness
            .registration()
            .filter(again -> !registration.equals(Optional.of(again)))
            .isPresent()) {
      registered = Optional.of(Patience.secondsSince(start));
    }
    return answered.isPresent() && registered.isPresent();
  }
}
