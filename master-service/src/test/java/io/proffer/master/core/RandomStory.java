package io.proffer.master.core;

import io.proffer.api.acl.Rights;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.OfferId;
import io.proffer.api.id.TaskId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.Filters;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.Task;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.command.Caller;
import io.proffer.master.core.command.ClockCommand;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.command.ReplyTo;
import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.ConstraintLimits;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.core.state.CoreSettings;
import io.proffer.master.core.state.Losses;
import io.proffer.master.core.state.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Draws commands that could come at any time, good and bad ones, from a seed and what is on the
 * books.
 */
final class RandomStory {
  private final SplittableRandom random;

  /** All agents that ever were there. */
  private final Map<AgentId, Agent> seen = new TreeMap<>();

  private final RandomOperators operators;

  private int names;

  RandomStory(long seed) {
    random = new SplittableRandom(seed);
    operators = new RandomOperators(random, () -> new ReplyTo(names++));
  }

  /** Small limits, so that forgetting, and long work where turns are short, happen all the time. */
  static CoreSettings settings(int turnEntities) {
    return new CoreSettings(
        Duration.ofMinutes(10),
        Optional.of(Duration.ofSeconds(20)),
        Optional.empty(),
        true,
        3,
        5,
        5,
        turnEntities,
        2,
        3,
        Retention.defaults(),
        ConstraintLimits.defaults(),
        Losses.defaults());
  }

  Command next(Snapshot snapshot) {
    snapshot.agents().forEach(agent -> seen.put(agent.id(), agent));
    if (!snapshot.maintenance().down().isEmpty() && random.nextInt(10) == 0) {
      return operators.ends(snapshot.maintenance());
    }
    return switch (random.nextInt(24)) {
      case 0 -> subscribe(snapshot);
      case 1 -> agentSubscribes(snapshot);
      case 2 -> seldom(snapshot);
      case 3, 4 ->
          random.nextInt(4) == 0
              ? call(snapshot, this::answerInverse)
              : call(snapshot, this::decline);
      case 5, 6, 7, 8 -> call(snapshot, this::accept);
      case 9 -> call(snapshot, this::kill);
      case 10 -> call(snapshot, this::suppressOrRevive);
      case 11 -> call(snapshot, this::reconcile);
      case 12, 13, 14 -> update(snapshot);
      case 15 -> random.nextInt(3) > 0 ? executorExits(snapshot) : update(snapshot);
      case 16, 17 -> acknowledge(snapshot);
      case 18 -> call(snapshot, this::drain);
      case 19 -> call(snapshot, this::updateFramework);
      // Seldom, and mostly with room: else nobody is offered anything any more.
      case 20 -> random.nextBoolean() ? operators.ofRoles() : new ClockCommand.Tick(10);
      case 21 ->
          random.nextInt(4) == 0
              ? operators.plans(snapshot.maintenance())
              : new ClockCommand.Tick(10);
      default ->
          random.nextInt(20) == 0
              ? operators.explains(snapshot, seen.keySet())
              : new ClockCommand.Tick(1 + random.nextInt(20));
    };
  }

  /** How much time passes before the next command. */
  long nanos() {
    return random.nextInt(50) == 0 ? 300_000_000_000L : random.nextInt(400) * 1_000_000L;
  }

  private Command subscribe(Snapshot snapshot) {
    var info = Infos.framework("r" + random.nextInt(3)).toBuilder().setFailoverTimeout(100);
    if (random.nextBoolean()) {
      info.addCapabilities(Infos.capability(FrameworkInfo.Capability.Type.PARTITION_AWARE));
    }
    pick(snapshot.frameworks().stream())
        .filter(row -> snapshot.frameworks().size() > 5 || random.nextBoolean())
        .ifPresent(row -> info.setId(row.id().message()));
    return Scheduler.subscribe(info.build(), "stream-" + names++, new ReplyTo(names));
  }

  private Command agentSubscribes(Snapshot snapshot) {
    var session = "session-" + names++;
    var lost = pick(seen.values().stream().filter(agent -> !isThere(agent, snapshot)));
    if (lost.isPresent() && random.nextBoolean()) {
      return Host.subscribe(
          lost.get().info(),
          lost.get().ip(),
          session,
          survivors(lost.get(), snapshot),
          survivingExecutors(lost.get(), snapshot),
          List.of());
    }
    var known = pick(snapshot.agents().stream());
    if (known.isEmpty() || (snapshot.agents().size() < 6 && random.nextBoolean())) {
      var info = Infos.agent("h", 1000 + names, "cpus:8;mem:8192;ports:[1-50]");
      return Host.subscribe(info, "10.0.0.1", session);
    }
    var agent = known.get();
    var tasks =
        snapshot.tasks().stream()
            .filter(task -> task.agent().equals(agent.id()) && random.nextInt(10) > 0)
            .map(RandomStory::report)
            .toList();
    var executors =
        snapshot.executors().stream()
            .filter(e -> e.agent().equals(agent.id()) && random.nextInt(10) > 0)
            .map(e -> new AgentCommand.ExecutorReport(e.framework(), e.executorInfo()))
            .toList();
    return Host.subscribe(agent.info(), agent.ip(), session, tasks, executors, List.of());
  }

  private static boolean isThere(Agent agent, Snapshot snapshot) {
    return snapshot.agents().stream().anyMatch(row -> row.id().equals(agent.id()));
  }

  /** What still runs, of all that was out of reach, when its agent comes back. */
  private List<Task> survivors(Agent agent, Snapshot snapshot) {
    return snapshot.unreachableTasks().stream()
        .filter(task -> task.agent().equals(agent.id()) && random.nextInt(4) > 0)
        .map(task -> report(task.withState(TaskState.TASK_RUNNING)))
        .toList();
  }

  /** The books have forgotten them; the agent has not. */
  private List<AgentCommand.ExecutorReport> survivingExecutors(Agent agent, Snapshot snapshot) {
    var reports = new ArrayList<AgentCommand.ExecutorReport>();
    for (var framework : snapshot.frameworks()) {
      boolean ran =
          snapshot.unreachableTasks().stream()
              .anyMatch(t -> t.agent().equals(agent.id()) && t.framework().equals(framework.id()));
      if (ran && random.nextBoolean()) {
        var info = Infos.executor("e0", "cpus:0.1").toBuilder();
        info.getResourcesBuilder(0).getAllocationInfoBuilder().setRole("r0");
        reports.add(new AgentCommand.ExecutorReport(framework.id(), info.build()));
      }
    }
    return reports;
  }

  private static Task report(io.proffer.master.core.fact.Task task) {
    return Task.newBuilder()
        .setName("n")
        .setTaskId(task.id().message())
        .setFrameworkId(task.framework().message())
        .setAgentId(task.agent().message())
        .setState(task.state())
        .addAllResources(task.resources().messages())
        .build();
  }

  private Command seldom(Snapshot snapshot) {
    var agent = pick(snapshot.agents().stream().filter(a -> a.session().isPresent()));
    var framework = pick(snapshot.frameworks().stream().filter(Framework::connected));
    if (random.nextBoolean() && agent.isPresent()) {
      var session = agent.get().session().orElseThrow();
      return switch (random.nextInt(4)) {
        case 0 -> new AgentCommand.Silent(agent.get().id(), session);
        case 1 -> new AgentCommand.Unregister(agent.get().id(), session);
        default -> new AgentCommand.SessionEnded(session);
      };
    }
    if (random.nextInt(8) == 0) {
      return operators.tearsDown(snapshot);
    }
    if (random.nextInt(4) == 0) {
      return operators.orders(snapshot, seen.keySet());
    }
    if (framework.isEmpty()) {
      return new ClockCommand.Tick(10);
    }
    return random.nextInt(4) == 0
        ? new SchedulerCommand.Teardown(caller(framework.get()))
        : new SchedulerCommand.StreamEnded(framework.get().stream().orElseThrow());
  }

  private interface Call {
    Command of(Framework framework, Caller caller, Snapshot snapshot);
  }

  private Command call(Snapshot snapshot, Call call) {
    return pick(snapshot.frameworks().stream().filter(Framework::connected))
        .map(framework -> call.of(framework, caller(framework), snapshot))
        .orElse(new ClockCommand.Tick(10));
  }

  private Caller caller(Framework framework) {
    return new Caller(
        framework.id(),
        framework.stream(),
        Rights.unlimited(Optional.empty()),
        new ReplyTo(names++));
  }

  private List<OfferId> someOffers(Framework framework, Snapshot snapshot) {
    return snapshot.offers().stream()
        .filter(o -> o.framework().equals(framework.id()) || random.nextInt(20) == 0)
        .filter(o -> random.nextInt(3) > 0)
        .limit(1 + random.nextInt(2))
        .map(o -> o.id())
        .toList();
  }

  private Command decline(Framework framework, Caller caller, Snapshot snapshot) {
    var filters = Filters.newBuilder().setRefuseSeconds(random.nextInt(3)).build();
    return new SchedulerCommand.Decline(caller, someOffers(framework, snapshot), filters);
  }

  /** Its own, one of another, or one that never was. */
  private Command answerInverse(Framework framework, Caller caller, Snapshot snapshot) {
    var filters = Filters.newBuilder().setRefuseSeconds(random.nextInt(10)).build();
    var offers =
        snapshot.inverseOffers().stream()
            .filter(o -> o.framework().equals(framework.id()) || random.nextInt(20) == 0)
            .map(o -> o.id())
            .toList();
    return random.nextBoolean()
        ? new SchedulerCommand.AcceptInverseOffers(caller, offers, filters)
        : new SchedulerCommand.DeclineInverseOffers(caller, offers, filters);
  }

  private Command accept(Framework framework, Caller caller, Snapshot snapshot) {
    var offers = someOffers(framework, snapshot);
    var operations = new ArrayList<Offer.Operation>();
    var agents = snapshot.agents().stream().toList();
    for (int i = random.nextInt(3); i > 0 && !agents.isEmpty(); i--) {
      var agent =
          snapshot.offers().stream()
              .filter(o -> offers.contains(o.id()))
              .map(o -> o.agent())
              .findFirst()
              .orElse(agents.getFirst().id());
      var tasks = new ArrayList<TaskInfo>();
      for (int t = random.nextInt(4); t > 0; t--) {
        var task = Infos.task("t" + random.nextInt(40), agent, wish());
        tasks.add(random.nextInt(3) == 0 ? Infos.by(executor(), task) : task);
      }
      operations.add(Infos.launch(tasks));
    }
    return new SchedulerCommand.Accept(
        caller, offers, operations, Filters.newBuilder().setRefuseSeconds(0).build());
  }

  /** Often one that runs already, and now and then not the same. */
  private ExecutorInfo executor() {
    var info = Infos.executor("e" + random.nextInt(3), "cpus:0.1;mem:32").toBuilder();
    if (random.nextInt(4) == 0) {
      int port = 1 + random.nextInt(50);
      info.addAllResources(Resources.parse("ports:[" + port + "-" + port + "]", "*").messages());
    }
    return info.build();
  }

  private Command executorExits(Snapshot snapshot) {
    var executor = pick(snapshot.executors().stream());
    var session =
        executor.flatMap(
            e ->
                snapshot.agents().stream()
                    .filter(agent -> agent.id().equals(e.agent()))
                    .findFirst()
                    .flatMap(Agent::session));
    if (session.isEmpty()) {
      return new ClockCommand.Tick(10);
    }
    return new AgentCommand.ExecutorExited(
        executor.orElseThrow().agent(),
        session.get(),
        executor.get().framework(),
        random.nextInt(5) > 0 ? executor.get().id() : new ExecutorId("unknown"),
        256);
  }

  private String wish() {
    int port = 1 + random.nextInt(50);
    return random.nextBoolean()
        ? "cpus:0.5;mem:" + (1 + random.nextInt(500))
        : "cpus:" + random.nextInt(1, 12) + ";ports:[" + port + "-" + port + "]";
  }

  private Command kill(Framework framework, Caller caller, Snapshot snapshot) {
    return new SchedulerCommand.Kill(
        caller, new TaskId("t" + random.nextInt(40)), Optional.empty(), Optional.empty());
  }

  private Command suppressOrRevive(Framework framework, Caller caller, Snapshot snapshot) {
    return random.nextInt(3) == 0
        ? new SchedulerCommand.Suppress(caller, List.of())
        : new SchedulerCommand.Revive(caller, List.of());
  }

  private Command reconcile(Framework framework, Caller caller, Snapshot snapshot) {
    return new SchedulerCommand.Reconcile(
        caller, random.nextBoolean() ? List.of() : List.of(ReconcileTest.asked("t1")));
  }

  private Command drain(Framework framework, Caller caller, Snapshot snapshot) {
    return new SchedulerCommand.StreamDrained(framework.stream().orElseThrow());
  }

  private Command updateFramework(Framework framework, Caller caller, Snapshot snapshot) {
    var roles = IntStream.range(0, 3).filter(i -> random.nextBoolean()).mapToObj(i -> "r" + i);
    var info = framework.info().toBuilder().clearRoles().addAllRoles(roles.toList()).build();
    var suppressed = info.getRolesList().stream().filter(role -> random.nextInt(4) == 0).toList();
    return new SchedulerCommand.UpdateFramework(
        caller, info, suppressed, OfferConstraints.getDefaultInstance());
  }

  private Command update(Snapshot snapshot) {
    var task = pick(snapshot.tasks().stream());
    var agent =
        task.flatMap(
            t -> snapshot.agents().stream().filter(a -> a.id().equals(t.agent())).findFirst());
    if (agent.flatMap(Agent::session).isEmpty()) {
      return new ClockCommand.Tick(10);
    }
    var state =
        pick(Stream.of(TaskState.values()).filter(s -> s != TaskState.TASK_UNKNOWN)).orElseThrow();
    return new AgentCommand.Update(
        agent.get().id(),
        agent.get().session().orElseThrow(),
        task.orElseThrow().framework(),
        Infos.status(task.get().id().value(), state, "uuid-" + names++),
        state);
  }

  private Command acknowledge(Snapshot snapshot) {
    var task = pick(snapshot.tasks().stream().filter(t -> t.forwarded().isPresent()));
    var framework =
        task.flatMap(
            t ->
                snapshot.frameworks().stream()
                    .filter(f -> f.id().equals(t.framework()))
                    .findFirst());
    if (framework.isEmpty()) {
      return new ClockCommand.Tick(10);
    }
    return new SchedulerCommand.Acknowledge(
        caller(framework.get()),
        task.orElseThrow().agent(),
        task.get().id(),
        task.get().forwarded().orElseThrow().uuid());
  }

  private <T> Optional<T> pick(Stream<T> all) {
    var list = all.toList();
    return list.isEmpty() ? Optional.empty() : Optional.of(list.get(random.nextInt(list.size())));
  }
}
