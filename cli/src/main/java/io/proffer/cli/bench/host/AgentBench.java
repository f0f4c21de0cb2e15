package io.proffer.cli.bench.host;

import io.proffer.api.v1.CommandInfo;
import io.proffer.cli.bench.BenchException;
import io.proffer.cli.bench.Drivers;
import io.proffer.cli.bench.Figures;
import io.proffer.cli.bench.Patience;
import io.proffer.cli.bench.process.ForkRate;
import io.proffer.cli.bench.process.Proc;
import java.util.Set;
import java.util.function.Consumer;

/** One run: tasks come and go, then tasks stay while their agent is killed. */
final class AgentBench {
  private static final double MEGABYTE = 1024 * 1024;
  private static final double KILOBYTE = 1024;

  /** Through a shell, as users write it. */
  private static final CommandInfo TRUE = CommandInfo.newBuilder().setValue("true").build();

  /** Without a shell, so that a task is one process; for longer than any run. */
  private static final CommandInfo SLEEP =
      CommandInfo.newBuilder()
          .setShell(false)
          .setValue("sleep")
          .addArguments("sleep")
          .addArguments("86400")
          .build();

  private final AgentBenchOptions options;
  private final Cluster cluster;
  private final Drivers drivers;
  private final Consumer<String> say;
  private final Patience patience;
  private final Witness witness;
  private final Figures figures = new Figures();

  AgentBench(AgentBenchOptions options, Cluster cluster, Drivers drivers, Consumer<String> say) {
    this.options = options;
    this.cluster = cluster;
    this.drivers = drivers;
    this.say = say;
    this.patience = new Patience(options.timeLimit());
    this.witness = new Witness(cluster.masterAddress(), cluster.agentAddress());
  }

  /** What the agent must have. */
  static String resources(AgentBenchOptions options) {
    return Play.room(
        Math.max(options.running(), Math.max(options.tasks(), options.warmup())) + options.batch());
  }

  /**
   * Plays all of it.
   *
   * @throws BenchException when it cannot begin, takes too long, or tasks are lost
   */
  Figures run() throws BenchException {
    say.accept("starting processes from a shell");
    figures.add("processes started by a shell per second", ForkRate.perSecond(options.forks()), "");
    say.accept("starting a master and an agent");
    cluster.start();
    patience.await("the agent is registered", () -> witness.registration().isPresent(), () -> "");
    addResident("agent resident before any task");
    warmUp();
    launchFast();
    launchAlone();
    hold();
    return figures;
  }

  private void warmUp() throws BenchException {
    say.accept("warming up with " + options.warmup() + " tasks");
    var play = churn(options.warmup(), options.warmup());
    play.run();
    play.end();
  }

  private void launchFast() throws BenchException {
    say.accept("launching " + options.tasks() + " tasks as fast as they go");
    var play = churn(options.tasks(), options.tasks());
    var costs = Costs.fromNow(cluster);
    play.run();
    costs.read(options.tasks(), figures);
    figures.add("launches per second", play.perSecond(), "");
    play.end();
  }

  private void launchAlone() throws BenchException {
    say.accept("launching " + options.launches() + " tasks one at a time");
    var play = churn(options.launches(), 1);
    play.run();
    var waits = play.untilRunning();
    figures.add("ACCEPT to RUNNING p50", waits.percentileMs(0.5), "ms");
    figures.add("ACCEPT to RUNNING p99", waits.percentileMs(0.99), "ms");
    figures.add("ACCEPT to RUNNING max", waits.percentileMs(1), "ms");
    play.end();
  }

  private void hold() throws BenchException {
    int tasks = options.running();
    say.accept("launching " + tasks + " tasks that stay");
    var play = play(new Play.Plan(tasks, tasks, Math.min(options.batch(), tasks), SLEEP, true));
    play.run();
    patience.await(
        "each task has its process",
        () -> containers().stream().filter(Container::isComplete).count() == tasks,
        () -> "");
    addResident("agent resident with all tasks running");
    var containers = containers();
    addMemory(containers);
    var recovery = new Recovery(cluster, witness, patience, figures);
    say.accept("killing the agent and starting it again");
    int lost = recovery.run(containers, this::containers);
    play.reconcile();
    figures.add("tasks lost or with other processes", lost, "");
    if (lost > 0) {
      throw new BenchException(
          "%d of %d tasks did not survive the restart of their agent with the same processes.\n%s"
              .formatted(lost, tasks, figures.table()));
    }
    end(play);
  }

  private void end(Play play) throws BenchException {
    say.accept("ending the tasks that stayed");
    long start = System.nanoTime();
    play.end();
    patience.await(
        "all tasks have ended",
        () -> witness.containers().filter(left -> left == 0).isPresent(),
        () -> witness.containers().map(left -> left + " are left.").orElse(""));
    figures.add("teardown until all tasks have ended", Patience.secondsSince(start), "s");
    addResident("agent resident after all tasks");
  }

  private void addResident(String name) throws BenchException {
    patience.rest(options.settle());
    figures.add(name, Proc.residentBytes(cluster.agentPid()) / MEGABYTE, "MB");
  }

  private void addMemory(Set<Container> containers) throws BenchException {
    long supervisors = 0;
    long tasks = 0;
    for (var container : containers) {
      supervisors += container.supervisorBytes();
      tasks += container.taskBytes();
    }
    double count = containers.size();
    figures.add("PSS of the supervisor of a task", supervisors / count / KILOBYTE, "KB");
    figures.add("PSS of the task itself", tasks / count / KILOBYTE, "KB");
  }

  private Set<Container> containers() {
    return Container.of(witness.supervisors());
  }

  private Play churn(int tasks, int concurrency) {
    return play(
        new Play.Plan(tasks, concurrency, Math.min(options.batch(), concurrency), TRUE, false));
  }

  private Play play(Play.Plan plan) {
    return new Play(plan, cluster.masterAddress(), drivers, patience);
  }
}
