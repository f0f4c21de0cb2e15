package io.proffer.e2e.simulation;

import io.proffer.agent.Effects;
import io.proffer.agent.checkpoint.Checkpoints;
import io.proffer.agent.checkpoint.Recollections;
import io.proffer.agent.core.AgentCore;
import io.proffer.agent.core.command.ClockCommand;
import io.proffer.agent.core.command.Command;
import io.proffer.agent.core.command.ExecutorCommand;
import io.proffer.agent.core.command.HostCommand;
import io.proffer.agent.core.command.OperatorCommand;
import io.proffer.agent.core.effect.Effect;
import io.proffer.agent.core.event.Event;
import io.proffer.agent.core.event.LinkEvent;
import io.proffer.agent.core.fact.AgentFacts;
import io.proffer.agent.core.fact.AgentLimits;
import io.proffer.agent.core.fact.AgentTimes;
import io.proffer.agent.executor.ExecutorEndpoint;
import io.proffer.agent.executor.ExecutorStreams;
import io.proffer.agent.masterlink.MasterLink;
import io.proffer.agent.masterlink.Masters;
import io.proffer.api.v1.AgentInfo;
import io.proffer.kernel.Gate;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An agent of real parts, its executor endpoint too, but for its containers; it can be killed and
 * started again.
 */
final class SimAgent {
  private static final Gate.Limits GATE = new Gate.Limits(64, Duration.ofSeconds(20));
  private static final MasterLink.Limits LINK =
      new MasterLink.Limits(1000, 16, 1 << 20, 1 << 20, 1 << 20, Duration.ofSeconds(30));

  private static final Duration HEARTBEAT = Duration.ofMinutes(30);

  private static final String ASKED = "The process was asked to end";
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  /** So long it waits until the master has what it said last. */
  private static final Duration LAST_WORD = Duration.ofSeconds(1);

  /** Shorter than the flag has it, as are the histories. */
  private static final Duration DISK_WATCH = Duration.ofSeconds(5);

  private final World world;
  private final SimNetwork network;
  private final SimHost host;
  private final SimDisk disk;
  private final SimRelief relief;
  private final AgentWatch watch;
  private final int number;
  private SimProcess process;
  private SimLoop<Command, Event, Effect> loop;

  SimAgent(World world, SimNetwork network, SimHost host, int number, AgentWatch watch) {
    this.world = world;
    this.network = network;
    this.host = host;
    this.number = number;
    this.watch = watch;
    this.disk = new SimDisk(world, host.name());
    this.relief = new SimRelief(disk);
  }

  String name() {
    return host.name();
  }

  SimDisk disk() {
    return disk;
  }

  boolean alive() {
    return process != null && process.alive();
  }

  void kill() {
    process.kill();
  }

  /** Asks it to end, as a service manager does: it ends its tasks before, and is started again. */
  void stop() {
    var life = process;
    insist(life, new OperatorCommand.Stop(ASKED, STOP_LIMIT));
    life.after(STOP_LIMIT.multipliedBy(2), () -> end(life));
  }

  /** Takes over what an earlier life left, and registers; without any room on its disk it ends. */
  void start() {
    if (!relief.hasRoom()) {
      return;
    }
    process = new SimProcess(world, host.name());
    var life = process;
    var link =
        new MasterLink(
            new SimWire(network, life),
            Masters.of(
                network.masters().stream().collect(Collectors.joining(":5050,", "", ":5050"))),
            LINK,
            command -> offer(life, command));
    var containers = host.containers(life, outcome -> insist(life, outcome));
    var memory = Recollections.from(disk.content());
    watch.began(host.name(), memory);
    var core =
        new AgentCore(
            facts(),
            AgentTimes.defaults(),
            AgentLimits.defaults(),
            memory,
            world.monotonicNanos(),
            world.wall());
    var streams = new ExecutorStreams(HEARTBEAT);
    var answers = new SimAnswers();
    var effects =
        new Effects(
            link::accept,
            streams,
            containers,
            order -> order,
            answers::deliver,
            why -> leave(life, why));
    var gate =
        new Gate<Event, Effect>(
            Checkpoints::of,
            disk.open(life, () -> loop.wake(), relief::makeRoom),
            frame -> {},
            batch -> {
              watch.leaving(host.name(), batch, disk);
              effects.accept(batch);
            },
            world,
            GATE);
    loop =
        new SimLoop<>(
            life,
            new Watched<>(
                core,
                (command, moment, frame) -> {
                  watch.decided(host.name(), command, moment, frame);
                  if (frame.events().stream().anyMatch(LinkEvent.Attempted.class::isInstance)) {
                    host.agentRegisters();
                  }
                }),
            ClockCommand.Tick::new,
            gate,
            SimLoop.moments(life),
            cause -> {
              watch.failed(host.name(), cause);
              life.kill();
            });
    insist(life, new HostCommand.Recover("boot", "/r", containers.adopt(false, Map.of()), false));
    relief.began(full -> insist(life, new HostCommand.Disk(full)));
    life.every(DISK_WATCH, relief::look);
    loop.start();
    var executors =
        new ExecutorEndpoint(
            new Executors(life),
            answers,
            streams,
            SimLoop.ids(chance("streams of ")),
            ExecutorEndpoint.Proof.NONE);
    network.listen(life, executors::accept);
  }

  /** An agent that is gone comes back as another, with nothing on its disk. */
  private void leave(SimProcess life, String why) {
    if (why.equals(ASKED)) {
      life.after(LAST_WORD, () -> end(life));
      return;
    }
    if (!why.contains("gone")) {
      throw world.broken(host.name() + " was told to stop: " + why);
    }
    end(life);
    disk.wipe();
  }

  private void end(SimProcess life) {
    life.kill();
    world.after(
        Duration.ofSeconds(5),
        () -> {
          if (!alive()) {
            start();
          }
        });
  }

  private SplittableRandom chance(String purpose) {
    return world.chance(purpose + host.name() + " at " + world.monotonicNanos());
  }

  /** The way of executors into the loop of one life. */
  private final class Executors implements ExecutorEndpoint.Core {
    private final SimProcess life;

    Executors(SimProcess life) {
      this.life = life;
    }

    @Override
    public boolean offer(ExecutorCommand command) {
      return SimAgent.this.offer(life, command);
    }

    @Override
    public void insist(ExecutorCommand command) {
      SimAgent.this.insist(life, command);
    }
  }

  private boolean offer(SimProcess life, Command command) {
    return life.alive() && loop.offer(command);
  }

  private void insist(SimProcess life, Command command) {
    if (life.alive()) {
      loop.insist(command);
    }
  }

  private AgentFacts facts() {
    var info =
        AgentInfo.newBuilder()
            .setHostname(host.name())
            .setPort(5051)
            .addAllResources(host.total().messages());
    return new AgentFacts(
        info.build(),
        "10.0.1." + number,
        "/work",
        Optional.empty(),
        "/launcher",
        new TreeMap<>(),
        "1.11.0",
        world.monotonicNanos() / 1e9);
  }
}
