package io.proffer.agent.core;

import static io.proffer.agent.TaskMessages.task;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Task;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is killed and started again knows all that one knows which only lost its master. */
final class ReplayPropertyTest {
  private static final int STEPS = 300;

  /** One agent and what the world has heard of it. */
  private static final class World {
    private final Agents agent = Agents.registered();
    private final Map<String, TaskStatus> heads = new TreeMap<>();
    private final Map<String, Set<String>> heard = new LinkedHashMap<>();
    private final List<ContainerId> alive = new ArrayList<>();
    private final ReplayedExecutor executor = new ReplayedExecutor(agent);

    void listen() {
      for (var effect : agent.effects()) {
        executor.hear(effect);
        if (effect instanceof ToMaster.Update(var session, var framework, var status, var latest)) {
          var task = status.getTaskId().getValue();
          heads.put(task, status);
          heard
              .computeIfAbsent(task, name -> new LinkedHashSet<>())
              .add(status.getState() + " " + status.getReason() + " " + status.getMessage());
        }
      }
    }

    void acknowledge(int number) {
      if (!heads.isEmpty()) {
        var task = new ArrayList<>(heads.keySet()).get(number % heads.size());
        agent.acknowledge(heads.remove(task));
        listen();
      }
    }

    void withContainer(int number, Consumer<ContainerId> then) {
      if (!alive.isEmpty()) {
        then.accept(alive.get(number % alive.size()));
        listen();
      }
    }

    /** Whoever runs on is asked for its executor's streams, as if it had been killed. */
    void loseMaster() {
      agent.when(new MasterCommand.Lost(agent.session(), "gone"));
      listen();
      executor.disconnect();
      comeBack();
    }

    void restart() {
      var found = new ArrayList<>(alive);
      executor.container().ifPresent(found::add);
      agent.recovered(Duration.ZERO, found.toArray(ContainerId[]::new));
      listen();
      comeBack();
    }

    private void comeBack() {
      executor.subscribeAgain();
      listen();
      while (agent.opened().isEmpty()) {
        agent.tickWhenDue();
        listen();
      }
      agent.accepted(1);
      listen();
    }

    /** What must be equal of executors: streams are of one run alone, containers have other ids. */
    List<String> executors() {
      return agent.snapshot().executors().stream()
          .map(
              row ->
                  "%s %s registered=%s connected=%s %s"
                      .formatted(
                          row.key(),
                          row.pid(),
                          row.registered(),
                          row.stream().isPresent(),
                          row.doom()))
          .toList();
    }

    /** Monotonic times are of one run alone. */
    List<Task> tasks() {
      return agent.snapshot().tasks().stream()
          .map(
              task ->
                  task.progress() instanceof Progress.Killing kill
                      ? task.with(new Progress.Killing(kill.pid(), kill.cause(), 0, kill.forced()))
                      : task)
          .map(ReplayPropertyTest::withoutTimes)
          .sorted(Comparator.comparing(task -> task.key().toString()))
          .toList();
    }
  }

  /** Nor are the ids that the agent draws. */
  private static Task withoutTimes(Task task) {
    var statuses = task.statuses().stream().map(ReplayPropertyTest::withoutTimes).toList();
    var seen = task.seen().stream().filter(ReplayedExecutor::isOwn).toList();
    return new Task(
        task.key(), task.info(), new ContainerId("c"), "/", task.progress(), statuses, seen);
  }

  private static TaskStatus withoutTimes(TaskStatus status) {
    var rest = status.toBuilder().clearTimestamp().clearUuid();
    if (rest.hasContainerStatus()) {
      rest.getContainerStatusBuilder().clearContainerId();
    }
    return rest.build();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whatIsStoredIsAllThatMatters(long seed) {
    var chance = new SplittableRandom(seed);
    var steady = new World();
    var killed = new World();
    for (var step = 0; step < STEPS; step++) {
      var kind = chance.nextInt(32);
      var number = chance.nextInt(1000);
      take(steady, kind, number, step, steady::loseMaster);
      take(killed, kind, number, step, killed::restart);
      var where = "seed " + seed + ", step " + step + " of kind " + kind;
      assertEquals(steady.tasks(), killed.tasks(), where);
      assertEquals(steady.heard, killed.heard, where);
      assertEquals(steady.executors(), killed.executors(), where);
      assertEquals(steady.executor.told(), killed.executor.told(), where);
      assertEquals(steady.heads.keySet(), killed.heads.keySet(), where);
      assertEquals(
          Set.copyOf(steady.agent.snapshot().frameworks()),
          Set.copyOf(killed.agent.snapshot().frameworks()),
          where);
    }
  }

  private static void take(World world, int kind, int number, int step, Runnable disturb) {
    var agent = world.agent;
    switch (kind) {
      case 0, 1, 2, 3 -> {
        world.alive.add(agent.run(Agents.CAPABLE, task("t" + step, "true")));
        world.listen();
      }
      case 4, 5, 6 ->
          world.withContainer(number, c -> agent.when(new ContainerCommand.Started(c, 42)));
      case 7, 8 ->
          world.withContainer(
              number,
              c -> {
                world.alive.remove(c);
                agent.when(new ContainerCommand.Started(c, 42));
                world.listen();
                agent.when(new ContainerCommand.Exited(c, number % 3 << 8));
              });
      case 9 -> {
        agent.kill("t" + number % (step + 1), Duration.ofSeconds(number % 7));
        world.listen();
      }
      case 10 -> {
        agent.after(Duration.ofMillis(number));
        world.listen();
      }
      case 11 -> {
        if (number % 3 == 0) {
          world.executor.forgetNews();
        }
        disturb.run();
      }
      case 12 -> {
        if (number < 100) {
          agent.when(new MasterCommand.ShutdownFramework(agent.session(), new FrameworkId("F")));
          world.heads.clear();
          new ArrayList<>(world.alive).forEach(c -> agent.when(new ContainerCommand.Exited(c, 15)));
          world.alive.clear();
          world.executor.end(15);
          world.listen();
        }
      }
      case 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24 -> {
        takeExecutor(world.executor, kind, number, step);
        world.listen();
      }
      default -> world.acknowledge(number);
    }
    if (world.executor.isDoomed()) {
      world.executor.end(9);
      world.listen();
    }
  }

  private static void takeExecutor(ReplayedExecutor executor, int kind, int number, int step) {
    switch (kind) {
      case 13, 14, 15 -> executor.run("t" + step);
      case 16, 17 -> executor.start();
      case 18 -> executor.subscribe();
      case 19, 20, 21, 22 -> executor.report(number, step);
      case 23 -> executor.disconnect();
      default -> {
        if (number < 200) {
          executor.shutDown();
        } else if (number < 400) {
          executor.end(number % 3 << 8);
        } else {
          executor.kill(number);
        }
      }
    }
  }
}
