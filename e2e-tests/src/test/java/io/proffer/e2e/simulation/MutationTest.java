package io.proffer.e2e.simulation;

import io.proffer.e2e.simulation.Mutation.Change;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulator bites: each of these mistakes is found within 200 seeds, most by the first. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class MutationTest {
  private static final Change NOTHING = new Change.Nothing();

  static Stream<Mutation> mutations() {
    return Stream.of(
        new Mutation(
            "the agent forgets acknowledgements",
            "agent.core.rule.AcknowledgeUpdate",
            "decide",
            NOTHING),
        new Mutation(
            "the master passes no acknowledgement on",
            "master.core.rule.task.AcknowledgeUpdate",
            "passOn",
            new Change.Without("send")),
        new Mutation(
            "what an offer held never comes back",
            "master.core.allocator.DrfAllocator",
            "takeBack",
            NOTHING),
        new Mutation(
            "effects leave before their facts are durable",
            "kernel.Gate",
            "withoutWrites",
            new Change.Believes("List.isEmpty")),
        new Mutation(
            "the registry is told of nothing", "master.registry.Registry", "writes", NOTHING),
        new Mutation(
            "the agent stores no updates", "agent.checkpoint.Checkpoints", "writes", NOTHING),
        new Mutation(
            "updates are resent out of order",
            "agent.core.fact.UpdateStream",
            "head",
            new Change.Instead("getFirst", "getLast")),
        new Mutation(
            "an agent does not note that its disk is full",
            "agent.core.rule.WatchDisk",
            "decide",
            NOTHING),
        new Mutation(
            "refusals are ignored", "master.core.allocator.OfferFilters", "block", NOTHING),
        new Mutation("suppression is ignored", "master.core.allocator.Roster", "suppress", NOTHING),
        new Mutation(
            "offers outlive the stream of their framework",
            "master.core.step.EndOffers",
            "dropOf",
            NOTHING),
        new Mutation(
            "tasks of agents that come back are not counted",
            "master.core.allocator.DrfAllocator",
            "readd",
            NOTHING),
        new Mutation(
            "nobody asks agents for tasks they do not report",
            "master.core.step.AgentReturn",
            "askMissing",
            NOTHING),
        new Mutation(
            "executors that ended keep what they held",
            "master.core.rule.agent.ReportExecutorExit",
            "decide",
            NOTHING),
        new Mutation(
            "executors that an agent does not report stay on the books",
            "master.core.step.ReportedExecutors",
            "forgetOthers",
            NOTHING),
        new Mutation("updates are never sent again", "agent.core.update.Updates", "send", NOTHING),
        new Mutation(
            "a grace period never ends",
            "agent.core.rule.TakeDue",
            "decide",
            new Change.Without("send")),
        new Mutation(
            "the end of a command is not heard", "agent.core.rule.EndTask", "decide", NOTHING),
        new Mutation("offers have no end", "master.core.rule.offer.ExpireOffer", "decide", NOTHING),
        new Mutation(
            "tasks nobody knows are not told of",
            "master.core.step.ReconcileTask",
            "answer",
            NOTHING),
        new Mutation(
            "long work stops after its first slice", "master.core.Rules", "resume", NOTHING),
        new Mutation(
            "offers outlive their agent", "master.core.step.EndOffers", "rescindOn", NOTHING),
        new Mutation(
            "operators are shown what ended tasks used",
            "master.core.state.TaskApplier",
            "free",
            NOTHING),
        new Mutation(
            "one reader of snapshots is served, and never another",
            "master.http.Snapshots",
            "deliver",
            new Change.Without("ask")),
        new Mutation(
            "a task that comes back with its agent stays out of reach, too",
            "master.core.state.Tasks",
            "forgetUnreachable",
            NOTHING),
        new Mutation(
            "executors that come back with their agent are not counted",
            "master.core.step.ReportedExecutors",
            "readd",
            NOTHING),
        new Mutation(
            "an agent does not say which executors it runs",
            "agent.core.step.Subscription",
            "of",
            new Change.Without("addExecutors")),
        new Mutation(
            "ends of executors while the agent registers are not told",
            "agent.core.rule.FollowMaster",
            "tellEnds",
            NOTHING),
        new Mutation(
            "a task is given to its executor, and nobody remembers",
            "agent.core.step.AssignTask",
            "deliver",
            new Change.Without("emit")),
        new Mutation(
            "tasks that wait for their executor are not given to it",
            "agent.core.rule.SubscribeExecutor",
            "bringUpToDate",
            NOTHING),
        new Mutation(
            "tasks that were lost on their way to an executor are not told of",
            "agent.core.rule.SubscribeExecutor",
            "dropLost",
            NOTHING),
        new Mutation(
            "what an executor says is acknowledged and lost",
            "agent.core.step.TakeStatus",
            "take",
            NOTHING),
        new Mutation(
            "what an executor says again is taken for news",
            "agent.core.update.Updates",
            "seen",
            NOTHING),
        new Mutation(
            "executors are not looked for when the agent runs again",
            "agent.core.step.RecoverExecutor",
            "join",
            NOTHING),
        new Mutation(
            "nothing is stored of executors",
            "agent.checkpoint.ExecutorCheckpoints",
            "of",
            NOTHING));
  }

  @ParameterizedTest
  @MethodSource("mutations")
  void everyMistakeIsFound(Mutation mutation) {
    Hunt.after(mutation).from(1);
  }

  /**
   * An agent has to be killed while its word to an executor is on the way, and be back before it.
   */
  @Test
  void aMistakeThatIsSeldomSeenIsFound() {
    Hunt.after(
            new Mutation(
                "nothing is remembered of tasks that are over while their executors are not",
                "agent.core.step.Settle",
                "task",
                NOTHING))
        .from(801);
  }
}
