package io.proffer.master.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.proffer.api.internal.FromAgent;
import io.proffer.api.internal.ToAgent;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.scheduler.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** docs/agent-protocol.md, the master's half. */
@Timeout(30)
class AgentLinkTest {
  private RunningMaster master;

  @AfterEach
  void stop() {
    master.close();
  }

  @Test
  void anAgentIsAcceptedWithAnIdAnEpochAndThePatienceOfTheMaster() throws Exception {
    master = RunningMaster.start();
    try (var agent = ScriptedAgent.open(master, ScriptedAgent.subscription())) {
      var first = agent.next();

      assertTrue(first.hasRegistered());
      assertEquals(1, first.getSequence());
      assertTrue(first.getEpoch() > 0);
      assertTrue(first.getRegistered().getAgentId().getValue().endsWith("-S0"));
      assertEquals(Duration.ofSeconds(75).toMillis(), first.getRegistered().getPingTimeoutMs());
      assertEquals(master.port(), first.getRegistered().getMasterInfo().getPort());
    }
  }

  @Test
  void anAgentOfANewerFormatIsToldToLetTheMastersGoFirst() throws Exception {
    master = RunningMaster.start();
    assertRefused(
        2,
        "This master speaks version 1 of the agent protocol, and the agent version 2: update the masters first, then the agents");
  }

  @Test
  void anAgentOfAnOlderFormatIsToldToUpdate() throws Exception {
    master = RunningMaster.start();
    assertRefused(
        0,
        "This master speaks version 1 of the agent protocol, and the agent version 0: update the agent");
  }

  private void assertRefused(int format, String sentence) throws Exception {
    var subscription = ScriptedAgent.subscription().setFormatVersion(format);
    try (var agent = ScriptedAgent.open(master, subscription)) {
      assertTrue(agent.stream().head().startsWith("HTTP/1.1 409 "));
      assertEquals(sentence, agent.stream().body());
    }
    // It is not on the books, and the next one is served.
    try (var agent = ScriptedAgent.register(master, ScriptedAgent.subscription())) {
      assertTrue(agent.id().getValue().endsWith("-S0"), agent.id().getValue());
    }
  }

  @Test
  void recordsOfAnotherFormatAreRefusedWithTheSameSentence() throws Exception {
    master = RunningMaster.start();
    try (var agent = ScriptedAgent.register(master, ScriptedAgent.subscription())) {
      var answer = agent.send(agent.batch().setFormatVersion(2));
      assertEquals(409, answer.statusCode());
      assertTrue(
          new String(answer.body(), UTF_8).endsWith("update the masters first, then the agents"));
    }
  }

  @Test
  void whatANewerAgentSaysBesidesIsSkipped() throws Exception {
    master = RunningMaster.start();
    // A field that this version does not know, as a later one may send within the same format.
    var unknown =
        UnknownFieldSet.newBuilder()
            .addField(
                1000,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFromUtf8("later"))
                    .build())
            .build();
    try (var agent =
        ScriptedAgent.register(master, ScriptedAgent.subscription().setUnknownFields(unknown))) {
      var record = FromAgent.Record.newBuilder().setSequence(1).setUnknownFields(unknown);
      assertEquals(1, ScriptedAgent.through(agent.send(agent.batch().addRecords(record))));
    }
  }

  @Test
  void anAgentThatFollowedAHigherEpochIsNotTaken() throws Exception {
    master = RunningMaster.start();
    try (var agent =
        ScriptedAgent.open(master, ScriptedAgent.subscription().setLastEpoch(Long.MAX_VALUE))) {
      assertTrue(agent.stream().head().startsWith("HTTP/1.1 409 "));
    }
  }

  @Test
  void aSessionIsOpenedOnce() throws Exception {
    master = RunningMaster.start();
    var subscription = ScriptedAgent.subscription();
    try (var first = ScriptedAgent.register(master, subscription);
        var second = ScriptedAgent.open(master, subscription)) {
      assertTrue(first.epoch() > 0);
      assertTrue(second.stream().head().startsWith("HTTP/1.1 409 "));
    }
  }

  @Test
  void recordsAreTakenInOnce() throws Exception {
    master = RunningMaster.start();
    try (var agent = ScriptedAgent.register(master, ScriptedAgent.subscription());
        var scheduler = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build())) {
      var batch =
          agent
              .batch()
              .addRecords(agent.update(scheduler.id(), "a", TaskState.TASK_FAILED).setSequence(1))
              .addRecords(agent.update(scheduler.id(), "b", TaskState.TASK_FAILED).setSequence(2));

      assertEquals(2, ScriptedAgent.through(agent.send(batch.clone())));
      assertEquals(2, ScriptedAgent.through(agent.send(batch.clone())));
      batch.addRecords(agent.update(scheduler.id(), "c", TaskState.TASK_FAILED).setSequence(3));
      assertEquals(3, ScriptedAgent.through(agent.send(batch.clone())));

      assertEquals("a", task(scheduler));
      assertEquals("b", task(scheduler));
      assertEquals("c", task(scheduler));
    }
  }

  @Test
  void aGapInTheRecordsEndsTheSession() throws Exception {
    master = RunningMaster.start();
    try (var agent = ScriptedAgent.register(master, ScriptedAgent.subscription())) {
      var answer =
          agent.send(
              agent
                  .batch()
                  .addRecords(
                      FromAgent.Record.newBuilder()
                          .setSequence(2)
                          .setPong(FromAgent.Pong.getDefaultInstance())));

      assertEquals(409, answer.statusCode());
      assertNull(agent.next(), "nothing is repaired within a session");
    }
  }

  @Test
  void recordsOfAnotherEpochSessionOrAgentAreRefused() throws Exception {
    master = RunningMaster.start();
    try (var agent = ScriptedAgent.register(master, ScriptedAgent.subscription())) {
      assertEquals(409, agent.send(agent.batch().setEpoch(1)).statusCode());
      assertEquals(409, agent.send(agent.batch().setSession("x")).statusCode());
      assertEquals(
          409,
          agent
              .send(agent.batch().setAgentId(agent.id().toBuilder().setValue("other")))
              .statusCode());
      assertEquals(200, agent.send(agent.batch()).statusCode());
    }
  }

  @Test
  void theEndOfASessionIsNoticedAtOnce() throws Exception {
    master = RunningMaster.start();
    try (var agent = ScriptedAgent.register(master, ScriptedAgent.subscription())) {
      assertEquals(1, agent.batch().getFormatVersion());
      until("/state", state -> state.contains("\"activated_slaves\":1.0"));
    }

    until("/state", state -> state.contains("\"deactivated_slaves\":1.0"));
  }

  @Test
  void anAgentThatAnswersPingsStays() throws Exception {
    master = patience("500ms");
    try (var agent = ScriptedAgent.register(master, ScriptedAgent.subscription())) {
      for (var pings = 0; pings < 6; pings++) {
        assertEquals(ToAgent.BodyCase.PING, agent.next().getBodyCase());
        agent.send(FromAgent.Record.newBuilder().setPong(FromAgent.Pong.getDefaultInstance()));
      }

      assertTrue(master.get("/state").body().contains("\"unreachable_slaves\":0.0"));
    }
  }

  @Test
  void anAgentThatAnswersNoPingIsUnreachableAndItsSessionEnds() throws Exception {
    master = patience("100ms");
    try (var agent = ScriptedAgent.register(master, ScriptedAgent.subscription())) {
      until("/state", state -> state.contains("\"unreachable_slaves\":1.0"));

      var record = agent.next();
      while (record != null && record.hasPing()) {
        record = agent.next();
      }
      assertNull(record);
    }
  }

  private static RunningMaster patience(String pingTimeout) {
    return RunningMaster.start(
        Map.of(
            "registry", "in_memory",
            "agent_ping_timeout", pingTimeout,
            "max_agent_ping_timeouts", "3"));
  }

  private static String task(ScriptedScheduler scheduler) throws IOException {
    return scheduler.next(Event.Type.UPDATE).getUpdate().getStatus().getTaskId().getValue();
  }

  /** Asks until the answer is as wanted; the test's timeout is the limit. */
  private void until(String path, Predicate<String> wanted) throws Exception {
    while (!wanted.test(master.get(path).body())) {
      Thread.onSpinWait();
    }
  }
}
