package io.proffer.master.core;

import com.google.protobuf.ByteString;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.OfferId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.MasterInfo;
import io.proffer.kernel.Moment;
import io.proffer.master.core.allocator.Allocator;
import io.proffer.master.core.allocator.Grant;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.command.ClockCommand;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.command.ReplyTo;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.fact.MasterFacts;
import io.proffer.master.core.fact.Said;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.core.state.CoreSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A master {@code m} in a known situation; its time stands still until the test moves it. */
final class Given {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final long ORIGIN_NANOS = 1_000_000_000_000L;

  final ScriptedAllocator allocator = new ScriptedAllocator();
  final List<Throwable> incidents = new ArrayList<>();
  final MasterCore core;
  private long nowNanos = ORIGIN_NANOS;
  private long ids;
  private long replies;
  private int streams;
  private int sessions;

  Given() {
    this(CoreSettings.defaults());
  }

  Given(CoreSettings settings) {
    this(settings, Optional.empty());
  }

  /** With an allocator that decides by itself. */
  Given(CoreSettings settings, Optional<Allocator> real) {
    var info = MasterInfo.newBuilder().setId("m").setIp(1).setPort(5050).build();
    core =
        new MasterCore(
            new MasterFacts(info, "http", START, START),
            settings,
            real.orElse(allocator),
            (incident, command, cause) -> incidents.add(cause));
  }

  Moment moment() {
    var wall = START.plusNanos(nowNanos - ORIGIN_NANOS);
    return new Moment(nowNanos, wall, nowNanos, () -> new UUID(0, ++ids));
  }

  ReplyTo replyTo() {
    return new ReplyTo(++replies);
  }

  /** The frame of one command. */
  Then when(Command command) {
    return new Then(core.handle(command, moment()));
  }

  Then tick() {
    return when(new ClockCommand.Tick(1000));
  }

  /** Time passes, and nobody looks. */
  void pass(long nanos) {
    nowNanos += nanos;
  }

  /** The tick after so much time. */
  Then after(Duration duration) {
    nowNanos += duration.toNanos();
    return tick();
  }

  Snapshot snapshot() {
    return when(new OperatorCommand.Read(replyTo())).effect(Reply.Answer.class).snapshot();
  }

  /** A subscribed framework of role {@code r}. */
  Scheduler framework(FrameworkInfo.Capability.Type... capabilities) {
    return subscribed(Infos.framework("r", capabilities));
  }

  /** A subscribed framework. */
  Scheduler subscribed(FrameworkInfo info) {
    var stream = newStream();
    var frame = when(Scheduler.subscribe(info, stream, replyTo()));
    var id = frame.effect(ToFramework.Subscribed.class).framework();
    return new Scheduler(this, id, stream, info.toBuilder().setId(id.message()).build());
  }

  String newStream() {
    return "stream-" + ++streams;
  }

  /** A registered agent on a host of its own. */
  Host agent(String resources) {
    return agent(resources, Infos.agentCapabilities());
  }

  /** A registered agent that has all capabilities but one. */
  Host agentWithout(String resources, String capability) {
    return agent(
        resources,
        Infos.agentCapabilities().stream()
            .filter(all -> !all.getType().name().equals(capability))
            .toList());
  }

  private Host agent(String resources, List<AgentInfo.Capability> capabilities) {
    var session = newSession();
    var info = Infos.agent("host-" + sessions, 5051, resources);
    var frame =
        when(
            new AgentCommand.Subscribe(
                session,
                info,
                "10.0.0." + sessions,
                "1.11.0",
                capabilities,
                ByteString.EMPTY,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Said.UNKNOWN,
                false));
    var id = frame.effect(ToAgent.Registered.class).agent();
    return new Host(
        this,
        id,
        session,
        AgentInfo.newBuilder(info).setId(id.message()).build(),
        "10.0.0." + sessions);
  }

  String newSession() {
    return "session-" + ++sessions;
  }

  /** An offer of role {@code r}. */
  OfferId offer(FrameworkId framework, AgentId agent, String resources) {
    allocator.grant(
        new Grant(framework, "r", agent, Resources.parse(resources, "*").withAllocation("r")));
    return tick().effect(ToFramework.Offers.class).offers().getFirst().offer().id();
  }
}
