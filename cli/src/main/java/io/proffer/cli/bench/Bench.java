package io.proffer.cli.bench;

import io.proffer.api.resource.Resources;
import io.proffer.api.v1.CommandInfo;
import io.proffer.cli.bench.agent.Fleet;
import io.proffer.cli.bench.framework.Crowd;
import io.proffer.cli.bench.framework.Progress;
import java.util.function.Consumer;

/** One run: agents register, schedulers subscribe, tasks live, and the figures are taken. */
final class Bench {
  private final BenchOptions options;
  private final Target master;
  private final Drivers drivers;
  private final Consumer<String> say;
  private final Patience patience;
  private final Progress progress;
  private final Figures figures = new Figures();

  Bench(BenchOptions options, Target master, Drivers drivers, Consumer<String> say) {
    this.options = options;
    this.master = master;
    this.drivers = drivers;
    this.say = say;
    this.patience = new Patience(options.timeLimit());
    this.progress = new Progress(options.tasks() + options.warmup());
  }

  /**
   * Plays the scenario.
   *
   * @throws BenchException when it cannot begin, takes too long, or tasks are lost
   */
  Figures run() throws BenchException {
    if (master instanceof Target.Elected(var masters)) {
      patience.await("a master leads", masters.elected(), () -> "");
    }
    OpenFiles.check(options, master.pid());
    var fleet = new Fleet(drivers.loops(), master.place(), fleetPlan());
    var crowd = new Crowd(drivers.loops(), options.frameworks(), crowdPlan(), progress);
    register(fleet);
    live(crowd);
    switch (options.scenario()) {
      case churn, hold -> {}
      case read -> {
        patience.await("the offers are given back", crowd.retire(), progress::state);
        new ReadScenario(options, master, drivers, patience, figures, say)
            .play(plan(options.reads().pollConcurrency(), 1));
      }
      case restart -> restart(fleet, crowd);
      case failover -> failover(fleet, crowd);
    }
    patience.await("the frameworks are torn down", crowd.teardown(), () -> "");
    fleet.close();
    check();
    return figures;
  }

  private void register(Fleet fleet) throws BenchException {
    say.accept("registering " + options.agents() + " agents");
    var before = Memory.of(master.pid());
    long start = System.nanoTime();
    patience.await("all agents are registered", fleet.start(), fleet::state);
    figures.add("registration of all agents", Patience.secondsSince(start), "s");
    Memory.of(master.pid()).minus(before).add("agent", options.agents(), figures);
  }

  private void live(Crowd crowd) throws BenchException {
    say.accept("launching " + options.tasks() + " tasks");
    var memory = Memory.of(master.pid());
    patience.await("the frameworks are subscribed", crowd.start(), progress::trouble);
    if (options.warmup() > 0) {
      patience.await(
          "the warm-up is over",
          () -> progress.doneCount() >= options.warmup() || progress.failedCount() > 0,
          progress::state);
      crowd.measureFromNow();
    }
    var meter = new Meter(master.pid(), progress.doneCount());
    var turns = Turns.fromNow(master.place());
    options.duration().ifPresent(limit -> drivers.after(limit, progress::stop));
    patience.await("all tasks are through", progress::isOver, progress::state);
    meter.read(progress.doneCount(), figures);
    turns.read("while measured", figures);
    var waits = crowd.untilRunning();
    figures.add("ACCEPT to RUNNING p50", waits.percentileMs(0.5), "ms");
    figures.add("ACCEPT to RUNNING p99", waits.percentileMs(0.99), "ms");
    figures.add("ACCEPT to RUNNING max", waits.percentileMs(1), "ms");
    if (options.scenario() != BenchOptions.Scenario.churn) {
      Memory.of(master.pid()).minus(memory).add("task", progress.doneCount(), figures);
      figures.add("TaskInfo of each task", crowd.taskBytes(), "bytes");
    }
  }

  private void restart(Fleet fleet, Crowd crowd) throws BenchException {
    say.accept("killing the master and starting it again");
    var agents = fleet.comeBack();
    var frameworks = crowd.comeBack();
    long killed = System.nanoTime();
    master.killAndRestart();
    figures.add("restart until the master serves", Patience.secondsSince(killed), "s");
    patience.await("all agents are back", agents, fleet::state);
    figures.add("restart until all agents are back", Patience.secondsSince(killed), "s");
    patience.await("the frameworks are back", frameworks, progress::trouble);
    crowd.recount();
    int expected = progress.doneCount();
    var turns = Turns.ofNewMaster(master.place());
    patience.await(
        "all tasks are known again",
        () -> progress.reconciledCount() >= expected,
        () -> progress.reconciledCount() + " of " + expected + " tasks are known again");
    figures.add("restart until all tasks are reconciled", Patience.secondsSince(killed), "s");
    turns.read("after the restart", figures);
  }

  private void failover(Fleet fleet, Crowd crowd) throws BenchException {
    if (!(master instanceof Target.Elected(var masters))) {
      throw new IllegalStateException("Of one master no other can take the place");
    }
    new FailoverScenario(masters, fleet, crowd, progress, options.agents(), patience, figures, say)
        .play();
  }

  private void check() throws BenchException {
    figures.add("life cycles", progress.doneCount(), "");
    figures.add("launched again, offer gone", progress.relaunchedCount(), "");
    figures.add("lost or failed", progress.failedCount(), "");
    if (progress.failedCount() > 0) {
      throw new BenchException(progress.state() + "\n" + figures.table());
    }
  }

  private Fleet.Plan fleetPlan() {
    return new Fleet.Plan(
        options.agents(),
        options.agentResources(),
        options.taskDuration(),
        options.agentsPerConnection(),
        options.connections());
  }

  private Crowd.Plan crowdPlan() {
    return plan(Math.max(1, options.concurrency() / options.frameworks()), options.batch());
  }

  private Crowd.Plan plan(int concurrency, int batch) {
    return new Crowd.Plan(
        master.place().host(),
        master.place().port(),
        options.format(),
        Resources.parse(options.taskResources(), "*").messages(),
        CommandInfo.newBuilder().setValue("true").build(),
        concurrency,
        batch,
        options.connections(),
        options.taskDuration().isPresent());
  }
}
