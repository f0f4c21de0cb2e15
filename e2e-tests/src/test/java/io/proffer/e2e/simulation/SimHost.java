package io.proffer.e2e.simulation;

import io.proffer.agent.container.Containerizer;
import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.api.resource.Resources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A machine with containers, which outlive the agent that started them. */
final class SimHost {
  private static final int SIGTERM = 15;
  private static final int SIGKILL = 9;
  private static final Duration ROUND = Duration.ofSeconds(10);

  private final World world;
  private final SimNetwork network;
  private final String name;
  private final Resources total;
  private final Truth truth;
  private final SplittableRandom chance;
  private final Map<ContainerId, Box> boxes = new LinkedHashMap<>();

  /** What supervisors left on the disk, until an agent says that it is known for good. */
  private final Map<ContainerId, List<ContainerCommand>> left = new LinkedHashMap<>();

  private long lastTold;

  /** The agent of now; containers end without anybody to tell when there is none. */
  private Consumer<ContainerCommand> told = command -> {};

  SimHost(SimNetwork network, String name, Resources total, Truth truth) {
    this.world = network.world();
    this.network = network;
    this.name = name;
    this.total = total;
    this.truth = truth;
    this.chance = world.chance("host " + name);
  }

  String name() {
    return name;
  }

  Resources total() {
    return total;
  }

  /** How many containers run. */
  int running() {
    return boxes.size();
  }

  /** An executor dies now and then just when its agent has said that it is there. */
  void agentRegisters() {
    boxes.values().stream()
        .filter(box -> box.started && box.program instanceof SimExecutor)
        .filter(box -> chance.nextInt(4) == 0)
        .findFirst()
        .ifPresent(box -> world.after(chance.nextLong(500_000), () -> box.end(SIGKILL)));
  }

  /** The containerizer of one life of the agent. */
  Containerizer containers(SimProcess process, Consumer<ContainerCommand> tell) {
    told = tell;
    process.onDeath(() -> told = command -> {});
    var since = world.monotonicNanos();
    process.every(ROUND, () -> boxes.values().forEach(box -> box.program.check(since)));
    return new Containers();
  }

  private Program program(ToContainer.Launch order) {
    var words = order.arguments().getLast();
    return ExecutorScript.isOne(words)
        ? new SimExecutor(
            network,
            truth,
            name,
            total,
            order.environment(),
            order.container(),
            ExecutorScript.of(words))
        : new SimCommand(
            world,
            truth,
            name,
            total,
            order.environment().get("MESOS_FRAMEWORK_ID"),
            order.environment().get("MESOS_EXECUTOR_ID"),
            Script.of(words));
  }

  private final class Box {
    private final ContainerId id;
    private final Program program;
    private boolean started;
    private boolean recalled;

    Box(ToContainer.Launch order) {
      id = order.container();
      program = program(order);
    }

    void start() {
      if (boxes.get(id) != this) {
        return; // Its agent was killed, and the next one gave it up.
      }
      if (recalled || !program.starts()) {
        boxes.remove(id);
        program.failed();
        tell(
            chance.nextBoolean()
                ? new ContainerCommand.Broken(id, "it was not to be")
                : new ContainerCommand.NoSandbox(id, "no room"));
        return;
      }
      started = true;
      program.begin(this::end);
      leave(new ContainerCommand.Started(id, 1000 + chance.nextInt(30_000)));
    }

    void end(int waitStatus) {
      if (boxes.remove(id, this)) {
        program.over(waitStatus);
        leave(new ContainerCommand.Exited(id, waitStatus));
      }
    }
  }

  private void leave(ContainerCommand outcome) {
    left.computeIfAbsent(outcome.container(), id -> new ArrayList<>()).add(outcome);
    tell(outcome);
  }

  /** Tells the agent a little later, what came first before what came then. */
  private void tell(ContainerCommand outcome) {
    var whom = told;
    lastTold = Math.max(lastTold, world.monotonicNanos() + chance.nextLong(2_000_000));
    world.after(lastTold - world.monotonicNanos(), () -> whom.accept(outcome));
  }

  private final class Containers implements Containerizer {
    @Override
    public void launch(ToContainer.Launch order) {
      var box = new Box(order);
      boxes.put(order.container(), box);
      // Now and then there is something to fetch before.
      var longest = chance.nextInt(8) == 0 ? 3_000_000_000L : 50_000_000L;
      world.after(1_000_000 + chance.nextLong(longest), box::start);
    }

    @Override
    public void terminate(ContainerId container) {
      var box = boxes.get(container);
      if (box != null) {
        box.program.doomed();
        if (box.started && box.program.obeys()) {
          world.after(chance.nextLong(100_000_000), () -> box.end(SIGTERM));
        }
      }
    }

    @Override
    public void destroy(ContainerId container) {
      var box = boxes.get(container);
      if (box != null) {
        box.program.doomed();
        box.recalled = true;
        if (box.started) {
          world.after(chance.nextLong(20_000_000), () -> box.end(SIGKILL));
        }
      }
    }

    @Override
    public List<ContainerId> adopt(boolean rebooted, Map<ContainerId, String> sandboxes) {
      for (var box : List.copyOf(boxes.values())) {
        if (!box.started) {
          boxes.remove(box.id);
          box.program.failed();
        }
      }
      left.values().forEach(outcomes -> outcomes.forEach(SimHost.this::tell));
      return new ArrayList<>(left.keySet());
    }

    @Override
    public void forget(ContainerId container) {
      left.remove(container);
    }

    @Override
    public void close() {}
  }
}
