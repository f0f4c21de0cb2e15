package io.proffer.agent.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.proffer.agent.TaskMessages;
import io.proffer.agent.core.event.AgentEvent;
import io.proffer.agent.core.event.Event;
import io.proffer.agent.core.event.FrameworkEvent;
import io.proffer.agent.core.event.LinkEvent;
import io.proffer.agent.core.event.TaskEvent;
import io.proffer.agent.core.event.UpdateEvent;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Memory;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Settled;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.internal.AgentCheckpoint;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.MasterInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.kernel.InMemoryJournal;
import io.proffer.kernel.StoreException;
import io.proffer.kernel.Write;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CheckpointsTest {
  private static final TaskKey KEY = new TaskKey(new FrameworkId("F"), new TaskId("t".repeat(900)));
  private static final ByteString UUID = ByteString.copyFrom(new byte[16]);
  private static final TaskStatus FINISHED =
      TaskStatus.newBuilder()
          .setTaskId(KEY.task().message())
          .setState(TaskState.TASK_FINISHED)
          .setUuid(UUID)
          .build();

  private final InMemoryJournal journal = new InMemoryJournal();

  private List<String> keysAfter(Event... events) {
    for (var event : events) {
      var _ = journal.append(Checkpoints.of(event));
    }
    return journal.load().stream().map(Write::key).toList();
  }

  private static Event registered(long epoch) {
    var master = MasterInfo.newBuilder().setId("m").setIp(0).setPort(1).build();
    return new LinkEvent.Registered("s", epoch, new AgentId("S0"), master);
  }

  private static Task task() {
    return Task.admitted(
        KEY,
        TaskMessages.task(KEY.task().value(), "true").build(),
        new ContainerId("c"),
        "/w",
        new Progress.Launching());
  }

  @Test
  void theNewestRegistrationIsKept() {
    assertEquals(List.of("agent"), keysAfter(registered(1), registered(2)));
    var memory = Recollections.from(journal);
    assertEquals(Optional.of(new AgentId("S0")), memory.agent());
    assertEquals(2, memory.epoch());
  }

  @Test
  void nothingIsLeftOfATaskThatIsOver() {
    var hash = Checkpoints.hash(KEY);
    assertEquals(
        List.of(
            "frameworks/F",
            "history/" + hash,
            "tasks/" + hash,
            "updates/" + hash + "/" + "0".repeat(32)),
        keysAfter(
            new FrameworkEvent.Known(TaskMessages.framework("F")),
            new TaskEvent.Admitted(task()),
            new UpdateEvent.Queued(KEY, FINISHED, 0, List.of(FINISHED), List.of())));
    assertEquals(
        List.of(),
        keysAfter(
            new FrameworkEvent.Terminating(KEY.framework()),
            new TaskEvent.Ended(KEY, "it did"),
            new UpdateEvent.Acknowledged(KEY, UUID),
            new TaskEvent.Completed(KEY, "c"),
            new FrameworkEvent.Removed(KEY.framework())));
  }

  @Test
  void whatAnExecutorSaidOfATaskThatIsOverIsKeptUntilItIsForgotten() {
    var one = new ContainerId("c");
    var other = new ContainerId("d");
    var settled = new Settled(KEY, List.of(UUID));
    keysAfter(new TaskEvent.Settled(one, settled), new TaskEvent.Settled(other, settled));
    assertEquals(
        Map.of(one, List.of(settled), other, List.of(settled)),
        Recollections.from(journal).settled());

    keysAfter(new TaskEvent.Forgotten(one, List.of(KEY)));
    assertEquals(Map.of(other, List.of(settled)), Recollections.from(journal).settled());
  }

  @Test
  void whatNeedNotOutliveTheProcessIsNotStored() {
    assertEquals(List.of(), keysAfter(new UpdateEvent.Paused(KEY)));
  }

  @Test
  void anEmptyDirectoryIsRememberedAsNothing() {
    assertEquals(Memory.none(), Recollections.from(List.of()));
  }

  @Test
  void afterAnOrderlyStopTheAgentMayAnnounceAnythingAnew() {
    var info = AgentInfo.newBuilder().setHostname("h").setPort(1).build();
    assertEquals(List.of("run"), keysAfter(new AgentEvent.Recovered(info, "boot", 7, "/r")));
    var memory = Recollections.from(journal);
    assertEquals(Optional.of(new Memory.Run(info, "boot", 7, Optional.of("/r"))), memory.run());
    assertTrue(memory.isOfAnotherBoot("other"));
    assertEquals(List.of(), keysAfter(new AgentEvent.Stopped()));
  }

  @Test
  void anotherFormatIsRefusedWithASentence() {
    for (var format : List.of(0, 2)) {
      var record =
          AgentCheckpoint.newBuilder()
              .setFormatVersion(format)
              .setId(new AgentId("S0").message())
              .setEpoch(1);
      var refused =
          assertThrows(
              StoreException.class,
              () -> Recollections.from(List.of(Write.put("agent", record.build().toByteArray()))));
      assertTrue(
          refused.getMessage().contains("has format " + format + ", and this version"),
          refused.getMessage());
    }
  }

  @Test
  void aRecordOfANewerVersionIsRefusedWithASentence() {
    var refused =
        assertThrows(
            StoreException.class,
            () -> Recollections.from(List.of(Write.put("volumes/v", new byte[0]))));
    assertTrue(refused.getMessage().contains("volumes/v"), refused.getMessage());
  }

  @Test
  void aDamagedRecordIsRefusedWithASentence() {
    var refused =
        assertThrows(
            StoreException.class,
            () -> Recollections.from(List.of(Write.put("agent", new byte[] {1, 2, 3}))));
    assertTrue(refused.getMessage().contains("is damaged"), refused.getMessage());
  }
}
