package io.proffer.agent.core;

import io.proffer.agent.TaskMessages;
import io.proffer.agent.checkpoint.Checkpoints;
import io.proffer.agent.checkpoint.Recollections;
import io.proffer.agent.core.command.ClockCommand;
import io.proffer.agent.core.command.Command;
import io.proffer.agent.core.command.ContainerCommand;
import io.proffer.agent.core.command.HostCommand;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.command.OperatorCommand;
import io.proffer.agent.core.command.ReplyTo;
import io.proffer.agent.core.effect.Effect;
import io.proffer.agent.core.effect.Reply;
import io.proffer.agent.core.effect.ToContainer;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.agent.core.event.Event;
import io.proffer.agent.core.fact.AgentFacts;
import io.proffer.agent.core.fact.AgentLimits;
import io.proffer.agent.core.fact.AgentTimes;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Memory;
import io.proffer.agent.core.fact.Snapshot;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.DurationInfo;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.KillPolicy;
import io.proffer.api.v1.MasterInfo;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskStatus;
import io.proffer.kernel.Frame;
import io.proffer.kernel.InMemoryJournal;
import io.proffer.kernel.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** One core under test: time moves when the test says so, ids count up, nothing is random. */
final class Agents {
  static final FrameworkInfo PLAIN = TaskMessages.framework("F");
  static final FrameworkInfo CAPABLE =
      TaskMessages.framework(
          "F",
          FrameworkInfo.Capability.Type.PARTITION_AWARE,
          FrameworkInfo.Capability.Type.TASK_KILLING_STATE);

  private final InMemoryJournal disk = new InMemoryJournal();
  private final AgentLimits limits;
  private AgentCore core;
  private long nanos = 1_000_000_000L;
  private Instant wall = Instant.ofEpochSecond(1000);
  private long ids;
  private boolean failsNextId;
  private String session = "";
  private Frame<Event, Effect> last = new Frame<>(List.of(), List.of());

  Agents() {
    this(AgentLimits.defaults());
  }

  private Agents(AgentLimits limits) {
    this.limits = limits;
    core = new AgentCore(facts(), AgentTimes.defaults(), limits);
  }

  private static AgentFacts facts() {
    var info = AgentInfo.newBuilder().setHostname("host").setPort(5051).build();
    return new AgentFacts(
        info, "10.0.0.1", "/w", Optional.empty(), "/l", new TreeMap<>(), "1.11.0", 1.0);
  }

  /** What a run that ends now leaves to the next one. */
  Memory memory() {
    return Recollections.from(disk);
  }

  /** All tables, as a reader sees them. */
  Snapshot snapshot() {
    var read = core.handle(new OperatorCommand.Read(new ReplyTo(0)), moment());
    return ((Reply.Answer) read.effects().getFirst()).snapshot();
  }

  /** Killed, and started again after so much time on what it had stored; it knows, and waits. */
  Agents restarted(Duration away) {
    wall = wall.plus(away);
    // Another boot of the host, another origin of the clock.
    nanos = 5_000_000L;
    core = new AgentCore(facts(), AgentTimes.defaults(), limits, memory(), nanos, wall);
    last = new Frame<>(List.of(), List.of());
    return this;
  }

  /** The same, and told what is left of its containers. */
  Agents recovered(Duration away, ContainerId... found) {
    return restarted(away).when(new HostCommand.Recover("boot", "/r", List.of(found), false));
  }

  /** An agent that has registered with a master of epoch 1. */
  static Agents registered() {
    return registered(AgentLimits.defaults());
  }

  /** The same within these limits. */
  static Agents registered(AgentLimits limits) {
    var agents = new Agents(limits);
    agents.register(1);
    return agents;
  }

  /** Waits for the next attempt and accepts it. */
  Agents register(long epoch) {
    while (opened().isEmpty()) {
      tickWhenDue();
    }
    return accepted(epoch);
  }

  /** The attempt that is under way is accepted. */
  Agents accepted(long epoch) {
    var master = MasterInfo.newBuilder().setId("m").setIp(0).setPort(5050).build();
    return when(new MasterCommand.Registered(session, epoch, new AgentId("S0"), master));
  }

  /** The subscription of the last frame, if there was one; its session is the current one. */
  Optional<ToMaster.Open> opened() {
    for (var effect : last.effects()) {
      if (effect instanceof ToMaster.Open open) {
        session = open.session();
        return Optional.of(open);
      }
    }
    return Optional.empty();
  }

  String session() {
    return session;
  }

  Agents when(Command command) {
    last = core.handle(command, moment());
    for (var event : last.events()) {
      var _ = disk.append(Checkpoints.of(event));
    }
    return this;
  }

  /** Moves time to the next deadline and lets it pass. */
  Agents tickWhenDue() {
    moveTo(Math.max(nanos, core.nextDeadlineNanos().orElseThrow()));
    return when(new ClockCommand.Tick());
  }

  /** Moves time, with all that is due on the way; the last frame holds all of it. */
  Agents after(Duration time) {
    var end = nanos + time.toNanos();
    var events = new ArrayList<Event>();
    var effects = new ArrayList<Effect>();
    while (core.nextDeadlineNanos().orElse(Long.MAX_VALUE) <= end) {
      tickWhenDue();
      events.addAll(last.events());
      effects.addAll(last.effects());
    }
    moveTo(end);
    last = new Frame<>(events, effects);
    return this;
  }

  /** Moves time past all that is due on the way, and ticks once: the agent was held up. */
  Agents late(Duration time) {
    moveTo(nanos + time.toNanos());
    return when(new ClockCommand.Tick());
  }

  Duration untilNextDeadline() {
    return Duration.ofNanos(core.nextDeadlineNanos().orElseThrow() - nanos);
  }

  Frame<Event, Effect> frame() {
    return last;
  }

  List<Effect> effects() {
    return last.effects();
  }

  /** The updates that the last frame sent. */
  List<TaskStatus> updates() {
    return last.effects().stream()
        .filter(ToMaster.Update.class::isInstance)
        .map(effect -> ((ToMaster.Update) effect).status())
        .toList();
  }

  /** The one update that the last frame sent. */
  TaskStatus update() {
    var all = updates();
    if (all.size() != 1) {
      throw new AssertionError("expected one update, but the frame is " + last);
    }
    return all.getFirst();
  }

  /** The launch that the last frame ordered. */
  ToContainer.Launch launch() {
    for (var effect : last.effects()) {
      if (effect instanceof ToContainer.Launch launch) {
        return launch;
      }
    }
    throw new AssertionError("expected a launch, but the frame is " + last);
  }

  /** RUN_TASK of a framework; the container it gets is the answer. */
  ContainerId run(FrameworkInfo framework, TaskInfo.Builder task) {
    when(new MasterCommand.RunTask(session, framework, task.build(), true));
    return launch().container();
  }

  /** A task that runs and whose updates so far are acknowledged. */
  ContainerId running(FrameworkInfo framework, TaskInfo.Builder task) {
    var container = run(framework, task);
    when(new ContainerCommand.Started(container, 42));
    acknowledge(update());
    acknowledge(update());
    return container;
  }

  Agents acknowledge(TaskStatus status) {
    return when(
        new MasterCommand.Acknowledge(
            session, new FrameworkId("F"), TaskId.of(status.getTaskId()), status.getUuid()));
  }

  Agents kill(String task) {
    return kill(task, Optional.empty());
  }

  Agents kill(String task, Duration grace) {
    var policy =
        KillPolicy.newBuilder()
            .setGracePeriod(DurationInfo.newBuilder().setNanoseconds(grace.toNanos()));
    return kill(task, Optional.of(policy.build()));
  }

  private Agents kill(String task, Optional<KillPolicy> policy) {
    return when(
        new MasterCommand.KillTask(session, new FrameworkId("F"), new TaskId(task), policy));
  }

  private void moveTo(long then) {
    wall = wall.plusNanos(then - nanos);
    nanos = then;
  }

  /** The next rule that wants an id throws in its midst. */
  void failNextId() {
    failsNextId = true;
  }

  private Moment moment() {
    return new Moment(nanos, wall, 7, this::nextId);
  }

  private UUID nextId() {
    if (failsNextId) {
      failsNextId = false;
      throw new IllegalStateException("no id");
    }
    return new UUID(0, ++ids);
  }
}
