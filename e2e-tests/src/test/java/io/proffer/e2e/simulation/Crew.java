package io.proffer.e2e.simulation;

import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentID;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.ExecutorID;
import io.proffer.api.v1.ExecutorInfo;
import io.proffer.api.v1.Offer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The custom executors of one framework. */
final class Crew {
  static final Resources EACH = Resources.parse("cpus:0.1;mem:16", "*");
  private static final Duration FOR_EVER = Duration.ofDays(1);

  /** One, which may run again and again under its id. */
  static final class Member {
    private final ExecutorInfo info;
    private final AgentID agent;
    private boolean shut;

    Member(ExecutorInfo info, AgentID agent) {
      this.info = info;
      this.agent = agent;
    }

    ExecutorInfo info() {
      return info;
    }

    AgentID agent() {
      return agent;
    }

    /** Whether it was ever asked to end. */
    boolean shut() {
      return shut;
    }

    void shutDown() {
      shut = true;
    }
  }

  private final String framework;
  private final Truth truth;
  private final SplittableRandom chance;
  private final List<Member> all = new ArrayList<>();

  /** Whom tasks are given to, by agent and role. */
  private final Map<String, Member> current = new HashMap<>();

  Crew(World world, String framework, Truth truth) {
    this.framework = framework;
    this.truth = truth;
    this.chance = world.chance("executors of " + framework);
  }

  /** Whether the tasks of an offer go to an executor. */
  boolean isWanted() {
    return chance.nextInt(5) < 2;
  }

  /** The one for this offer's agent and role; now and then another one than before. */
  Member member(Offer offer) {
    var place = offer.getAgentId().getValue() + " " + offer.getAllocationInfo().getRole();
    var before = current.get(place);
    if (before == null || (before.shut() ? chance.nextBoolean() : chance.nextInt(10) == 0)) {
      before = hire(offer.getAgentId());
      current.put(place, before);
    }
    return before;
  }

  /** All that ever were. */
  List<Member> all() {
    return all;
  }

  /** One that shall end, now and then. */
  boolean isTired() {
    return chance.nextInt(16) == 0;
  }

  private Member hire(AgentID agent) {
    var name = framework + "-executor" + all.size();
    var script =
        new ExecutorScript(
            chance.nextInt(20) > 0,
            chance.nextInt(12) > 0,
            chance.nextInt(3) > 0 ? FOR_EVER : Duration.ofMillis(chance.nextInt(60_000)),
            chance.nextInt(3),
            chance.nextInt(3) > 0);
    var info =
        ExecutorInfo.newBuilder()
            .setExecutorId(ExecutorID.newBuilder().setValue(name))
            .setCommand(CommandInfo.newBuilder().setValue(script.text()))
            .addAllResources(EACH.messages());
    if (chance.nextInt(3) == 0) {
      info.getShutdownGracePeriodBuilder().setNanoseconds(chance.nextLong(20_000_000_000L));
    }
    truth.ordered(name, EACH);
    var member = new Member(info.build(), agent);
    all.add(member);
    return member;
  }
}
