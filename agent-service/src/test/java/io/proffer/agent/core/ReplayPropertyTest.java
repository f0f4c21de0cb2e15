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
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is killed and started again knows all that one knows which only lost its master. */
final class ReplayPropertyTest {
  private static final int STEPS = 300;

  /** One agent and what the world has heard of it. */
  private static final class World {
    private final Agents agent = Agents.registered();
    private final Map<String, TaskStatus> heads = new LinkedHashMap<>();
    private final Map<String, Set<String>> heard = new LinkedHashMap<>();
    private final List<ContainerId> alive = new ArrayList<>();

    void listen() {
      for (var effect : agent.effects()) {
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

    void loseMaster() {
      agent.when(new MasterCommand.Lost(agent.session(), "gone"));
      agent.register(1);
      listen();
    }

    void restart() {
      agent.recovered(Duration.ZERO, alive.toArray(ContainerId[]::new)).register(1);
      listen();
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

  private static Task withoutTimes(Task task) {
    var statuses =
        task.statuses().stream()
            .map(status -> status.toBuilder().clearTimestamp().clearUuid().build())
            .toList();
    return new Task(
        task.key(), task.info(), new ContainerId("c"), "/", task.progress(), statuses, task.seen());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whatIsStoredIsAllThatMatters(long seed) {
    var chance = new SplittableRandom(seed);
    var steady = new World();
    var killed = new World();
    for (var step = 0; step < STEPS; step++) {
      var kind = chance.nextInt(20);
      var number = chance.nextInt(1000);
      take(steady, kind, number, step, steady::loseMaster);
      take(killed, kind, number, step, killed::restart);
      var where = "seed " + seed + ", step " + step + " of kind " + kind;
      assertEquals(steady.tasks(), killed.tasks(), where);
      assertEquals(steady.heard, killed.heard, where);
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
      case 11 -> disturb.run();
      case 12 -> {
        if (number < 100) {
          agent.when(new MasterCommand.ShutdownFramework(agent.session(), new FrameworkId("F")));
          world.heads.clear();
          new ArrayList<>(world.alive).forEach(c -> agent.when(new ContainerCommand.Exited(c, 15)));
          world.alive.clear();
        }
      }
      default -> world.acknowledge(number);
    }
  }
}
