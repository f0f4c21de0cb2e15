package io.proffer.cli.bench;

import io.proffer.cli.bench.agent.Fleet;
import io.proffer.cli.bench.framework.Crowd;
import io.proffer.cli.bench.framework.Progress;
import io.proffer.cli.bench.process.MasterProcess;
import java.util.function.Consumer;

/**
 * How long it takes until another master leads with all that the one before had: when that is
 * killed, and when it is stopped. Times count from the signal.
 */
final class FailoverScenario {
  private final Masters masters;
  private final Fleet fleet;
  private final Crowd crowd;
  private final Progress progress;
  private final int agents;
  private final Patience patience;
  private final Figures figures;
  private final Consumer<String> say;

  /**
   * @param agents how many there are, all registered
   */
  FailoverScenario(
      Masters masters,
      Fleet fleet,
      Crowd crowd,
      Progress progress,
      int agents,
      Patience patience,
      Figures figures,
      Consumer<String> say) {
    this.masters = masters;
    this.fleet = fleet;
    this.crowd = crowd;
    this.progress = progress;
    this.agents = agents;
    this.patience = patience;
    this.figures = figures;
    this.say = say;
  }

  /** Plays it. */
  void play() throws BenchException {
    figures.add("session with ZooKeeper", masters.session().toMillis() / 1e3, "s");
    masters.follow(
        leader -> {
          fleet.turnTo(leader);
          leader.ifPresent(place -> crowd.turnTo(place.host(), place.port()));
        });
    say.accept("killing the leader");
    failover("kill", MasterProcess::kill);
    say.accept("stopping the leader");
    failover("stop", MasterProcess::stop);
  }

  private void failover(String how, Consumer<MasterProcess> end) throws BenchException {
    var leader = masters.process();
    int tasks = progress.doneCount();
    int reconciled = progress.reconciledCount();
    var others = new Others();
    var elected = Stamp.of(masters.expectAnother());
    var registered = Stamp.of(fleet.comeBack());
    var subscribed = Stamp.of(crowd.comeBack());
    var offered = Stamp.of(crowd.nextOffer());
    long signalled = System.nanoTime();
    end.accept(leader);
    patience.await("another master leads", elected.done(), fleet::state);
    patience.await("the frameworks are back", subscribed.done(), progress::trouble);
    patience.await("there is an offer", offered.done(), progress::trouble);
    patience.await("all agents are back", registered.done(), fleet::state);
    var tally = new Tally(masters.place());
    patience.await("the new leader counts all", () -> tally.is(agents, tasks), tally::text);
    double counted = Patience.secondsSince(signalled);
    crowd.recount();
    patience.await(
        "all tasks are known again",
        () -> progress.reconciledCount() - reconciled >= tasks,
        () -> progress.reconciledCount() - reconciled + " of " + tasks + " tasks are known again");
    double known = Patience.secondsSince(signalled);
    figures.add(how + " until ZooKeeper names another", elected.secondsSince(signalled), "s");
    figures.add(how + " until the frameworks are back", subscribed.secondsSince(signalled), "s");
    figures.add(how + " until the first offer", offered.secondsSince(signalled), "s");
    figures.add(how + " until all agents are back", registered.secondsSince(signalled), "s");
    figures.add(how + " until all agents and tasks are counted", counted, "s");
    figures.add(how + " until all tasks are reconciled", known, "s");
    figures.add("processors used by others from " + how, others.share(), "%");
    // Only now: on few processors the start of a JVM would be measured, too.
    leader.awaitEnd();
    leader.launch();
    leader.awaitHealth();
  }
}
