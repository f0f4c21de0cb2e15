package io.proffer.master.core;

import io.proffer.api.acl.Rights;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.DrainConfig;
import io.proffer.api.v1.maintenance.Schedule;
import io.proffer.master.core.command.ClockCommand;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.command.ReplyTo;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Maintenance;
import io.proffer.master.core.fact.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What operators say in a {@link RandomStory}, good and bad. */
final class RandomOperators {
  private final SplittableRandom random;
  private final Supplier<ReplyTo> replies;

  /**
   * @param replies whom to answer, each time another
   */
  RandomOperators(SplittableRandom random, Supplier<ReplyTo> replies) {
    this.random = random;
    this.replies = replies;
  }

  /** A question that may be about nobody. */
  Command explains(Snapshot snapshot, Set<AgentId> agents) {
    return new OperatorCommand.Explain(
        pick(snapshot.frameworks().stream()).map(Framework::id).orElse(new FrameworkId("none")),
        random.nextBoolean() ? Optional.empty() : Optional.of("r" + random.nextInt(3)),
        pick(agents.stream()).filter(id -> random.nextBoolean()),
        Rights.unlimited(Optional.empty()),
        replies.get());
  }

  /** Whether it is there or not. */
  Command tearsDown(Snapshot snapshot) {
    return pick(snapshot.frameworks().stream())
        .<Command>map(
            framework ->
                new OperatorCommand.Teardown(
                    framework.id(), Rights.unlimited(Optional.empty()), replies.get()))
        .orElse(new ClockCommand.Tick(10));
  }

  /** Good and bad, also of roles that nobody is in. */
  Command ofRoles() {
    var operator = new Operator(null);
    var role = "r" + random.nextInt(4);
    var replyTo = replies.get();
    return switch (random.nextInt(6)) {
      case 0 ->
          new OperatorCommand.UpdateWeights(
              List.of(Infos.weight(role, random.nextInt(-1, 9))), operator.rights(), replyTo);
      case 1 ->
          new OperatorCommand.SetQuota(
              Infos.quotaRequest(role, "cpus:" + random.nextInt(1, 5)), operator.rights(), replyTo);
      case 2 -> new OperatorCommand.RemoveQuota(role, Optional.empty(), operator.rights(), replyTo);
      default ->
          new OperatorCommand.UpdateQuota(
              List.of(
                  Infos.quota(role, random.nextInt(3), 4 + random.nextInt(40)),
                  Infos.quota("r" + random.nextInt(4), 0, random.nextInt(-1, 40))),
              random.nextInt(3) == 0,
              operator.rights(),
              replyTo);
    };
  }

  /** Of an agent that is there, or is not; out of service none stays for long. */
  Command orders(Snapshot snapshot, Set<AgentId> agents) {
    var agent = pick(agents.stream());
    if (agent.isEmpty()) {
      return new ClockCommand.Tick(10);
    }
    return switch (random.nextInt(7)) {
      case 6 -> new OperatorCommand.MarkGone(agent.get(), replies.get());
      case 0, 1 -> new OperatorCommand.Deactivate(agent.get(), replies.get());
      case 2 ->
          new OperatorCommand.Drain(
              agent.get(),
              DrainConfig.newBuilder().setMarkGone(random.nextInt(4) == 0).build(),
              Rights.unlimited(Optional.empty()),
              replies.get());
      default -> {
        var away = pick(snapshot.agents().stream().filter(Agent::deactivated)).map(Agent::id);
        yield new OperatorCommand.Reactivate(away.orElse(agent.get()), replies.get());
      }
    };
  }

  /** Of the machine that all agents are on, and one where none is. */
  Command plans(Maintenance maintenance) {
    if (random.nextInt(8) == 0) {
      return new OperatorCommand.StartMaintenance(maintenance.draining(), replies.get());
    }
    var schedule = Schedule.newBuilder();
    if (random.nextInt(4) > 0) {
      var window = schedule.addWindowsBuilder();
      window.addMachineIdsBuilder().setHostname("H").setIp("10.0.0.1");
      window.addMachineIdsBuilder().setHostname("idle").setIp("10.0.0.2");
      window.getUnavailabilityBuilder().getStartBuilder().setNanoseconds(random.nextInt(9));
    }
    return new OperatorCommand.UpdateSchedule(schedule.build(), replies.get());
  }

  /** What is out of service is back. */
  Command ends(Maintenance maintenance) {
    return new OperatorCommand.StopMaintenance(maintenance.down(), replies.get());
  }

  private <T> Optional<T> pick(Stream<T> all) {
    var list = all.toList();
    return list.isEmpty() ? Optional.empty() : Optional.of(list.get(random.nextInt(list.size())));
  }
}
