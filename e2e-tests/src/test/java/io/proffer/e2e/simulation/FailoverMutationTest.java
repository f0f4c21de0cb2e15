package io.proffer.e2e.simulation;

import io.proffer.e2e.simulation.Mutation.Change;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mistakes that only show where several masters are: each is found within 200 seeds, from one on
 * that has found it before.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class FailoverMutationTest {
  /**
   * A mistake.
   *
   * @param first of the seeds that are tried
   */
  record Mistake(int first, Mutation mutation) {
    @Override
    public String toString() {
      return mutation.toString();
    }
  }

  private static final Change NOTHING = new Change.Nothing();

  static Stream<Mistake> mistakes() {
    return Stream.of(
        new Mistake(
            2,
            new Mutation(
                "the registry is written whoever has the pen",
                "master.registry.zookeeper.PenWrites",
                "write",
                new Change.Takes("version", -1))),
        new Mistake(
            3,
            new Mutation(
                "a leader leads on after its lease",
                "master.election.Lease",
                "holds",
                new Change.Agrees())),
        new Mistake(
            79,
            new Mutation(
                "a lease is prolonged by the word of a server that is alone",
                "master.election.ZooKeeperElection",
                "ask",
                new Change.Skips("Nodes.sync"))),
        new Mistake(
            1,
            new Mutation(
                "whoever contends leads",
                "master.election.ZooKeeperElection",
                "weigh",
                new Change.Believes("String.equals"))),
        new Mistake(
            1,
            new Mutation(
                "who is elected does not read the registry",
                "master.registry.zookeeper.Opened",
                "records",
                NOTHING)),
        new Mistake(
            12,
            new Mutation(
                "a write without an answer is taken for done",
                "master.registry.zookeeper.PenWrites",
                "seen",
                new Change.Believes("ByteString.equals"))),
        new Mistake(
            141,
            new Mutation(
                "a large batch that was begun is not finished",
                "master.registry.zookeeper.Opening",
                "finish",
                new Change.Doubts("Pen.staged"))),
        new Mistake(
            9,
            new Mutation(
                "a large batch is put in place undeclared",
                "master.registry.zookeeper.Stage",
                "lay",
                new Change.Doubts("ArrayList.size"))),
        new Mistake(
            763,
            new Mutation(
                "agents forget which epoch they have followed",
                "agent.core.state.AgentState",
                "epoch",
                NOTHING)),
        new Mistake(
            1,
            new Mutation(
                "a master that leads no longer holds its agents",
                "master.agentlink.AgentLink",
                "endAll",
                NOTHING)),
        new Mistake(
            3,
            new Mutation(
                "what is gone is not written down",
                "master.registry.OrderRecords",
                "gone",
                NOTHING)),
        new Mistake(
            29,
            new Mutation(
                "recovered agents and frameworks are forgotten",
                "master.core.MasterCore",
                "recover",
                NOTHING)),
        new Mistake(
            2,
            new Mutation(
                "the limits of a quota are not written down",
                "master.registry.Registry",
                "quota",
                new Change.Without("RoleQuota$Builder.addLimits"))),
        new Mistake(
            6,
            new Mutation(
                "what maintenance is planned is not written down",
                "master.registry.Registry",
                "maintenance",
                new Change.Empties("Maintenance.schedule"))),
        new Mistake(
            6,
            new Mutation(
                "that machines are down is not written down",
                "master.registry.Registry",
                "maintenance",
                new Change.Without("PlannedMaintenance$Builder.addAllDown"))),
        new Mistake(
            3,
            new Mutation(
                "that an agent is deactivated is not written down",
                "master.registry.OrderRecords",
                "write",
                new Change.Doubts("Orders.deactivated"))),
        new Mistake(
            10,
            new Mutation(
                "that an agent shall be drained is not written down",
                "master.registry.OrderRecords",
                "write",
                new Change.Without("AgentOrders$Builder.setDrain"))),
        new Mistake(
            2,
            new Mutation(
                "recovered weights and quotas are forgotten",
                "master.core.MasterCore",
                "recoverRoles",
                NOTHING)),
        new Mistake(
            6,
            new Mutation(
                "recovered maintenance is forgotten",
                "master.core.MasterCore",
                "recoverMaintenance",
                NOTHING)),
        new Mistake(
            4,
            new Mutation(
                "what operators ordered of recovered agents is forgotten",
                "master.core.MasterCore",
                "recoverOrders",
                NOTHING)));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void everyMistakeIsFound(Mistake mistake) {
    Hunt.after(mistake.mutation()).from(Swarm.THREE + mistake.first());
  }
}
