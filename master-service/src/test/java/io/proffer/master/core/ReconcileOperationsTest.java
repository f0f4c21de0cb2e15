package io.proffer.master.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.v1.AgentID;
import io.proffer.api.v1.OperationID;
import io.proffer.api.v1.OperationState;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.ToFramework;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations nobody knows, as scheduler-api, section 9, has them answered. */
class ReconcileOperationsTest {
  private final Given before = new Given();
  private final Host recovered = before.agent("cpus:4");
  private final Given given = new Given();
  private Scheduler framework;

  @BeforeEach
  void anAgentThatIsThereOneThatWasAndOneThatMayReturn() {
    given.core.recover(List.of(), List.of(recovered.info()), new TreeMap<>(), given.moment());
    framework = given.framework();
    given.agent("cpus:4");
    given.agent("cpus:4").fallsSilent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          m-S0 | OPERATION_RECOVERING  | Reconciliation: Agent is recovered but has not re-registered
          m-S1 | OPERATION_UNKNOWN     | Reconciliation: Operation is unknown
          m-S2 | OPERATION_UNREACHABLE | Reconciliation: Agent is unreachable
          m-S9 | OPERATION_UNKNOWN     | Reconciliation: Both operation and agent are unknown
               | OPERATION_UNKNOWN     | Reconciliation: Operation is unknown and no 'agent_id' was provided
          """)
  void theAnswerTellsWhatIsKnownOfTheAgent(String agent, OperationState state, String message) {
    var asked =
        Call.ReconcileOperations.Operation.newBuilder()
            .setOperationId(OperationID.newBuilder().setValue("op"));
    if (agent != null) {
      asked.setAgentId(AgentID.newBuilder().setValue(agent));
    }

    var status =
        reconcile(List.of(asked.build())).effect(ToFramework.OperationUpdate.class).status();

    assertEquals(state, status.getState());
    assertEquals(message, status.getMessage());
    assertEquals("op", status.getOperationId().getValue());
    assertEquals(agent != null, status.hasAgentId());
    assertFalse(status.hasUuid());
  }

  @Test
  void nobodyIsToldOfOperationsThatAreNotThere() {
    assertTrue(reconcile(List.of()).effects(ToFramework.OperationUpdate.class).isEmpty());
  }

  @Test
  void manyAreAnsweredInPagesAsTheStreamDrains() {
    var asked =
        IntStream.range(0, 2500)
            .mapToObj(i -> OperationID.newBuilder().setValue("op" + i))
            .map(id -> Call.ReconcileOperations.Operation.newBuilder().setOperationId(id).build())
            .toList();

    var pages = Stream.of(reconcile(asked), framework.drains(), framework.drains()).toList();

    assertEquals(
        List.of(1000, 1000, 500),
        pages.stream()
            .map(then -> then.effects(ToFramework.OperationUpdate.class).size())
            .toList());
    assertEquals(
        List.of(1, 1, 0),
        pages.stream().map(then -> then.effects(ToFramework.PageEnd.class).size()).toList());
  }

  private Then reconcile(List<Call.ReconcileOperations.Operation> operations) {
    return given.when(new SchedulerCommand.ReconcileOperations(framework.caller(), operations));
  }
}
