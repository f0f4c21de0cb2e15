package io.proffer.agent.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import io.proffer.agent.TaskMessages;
import io.proffer.agent.core.event.Event;
import io.proffer.agent.core.event.FrameworkEvent;
import io.proffer.agent.core.event.LinkEvent;
import io.proffer.agent.core.event.TaskEvent;
import io.proffer.agent.core.event.UpdateEvent;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.MasterInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.kernel.InMemoryJournal;
import io.proffer.kernel.Write;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CheckpointsTest {
  private static final TaskKey KEY = new TaskKey(new FrameworkId("F"), new TaskId("t"));
  private static final ByteString UUID = ByteString.copyFrom(new byte[16]);

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

  @Test
  void theNewestRegistrationIsKept() {
    assertEquals(List.of("agent"), keysAfter(registered(1), registered(2)));
    assertEquals(
        "S0 2",
        new String(journal.load().getFirst().value().orElseThrow(), StandardCharsets.UTF_8));
  }

  @Test
  void nothingIsLeftOfATaskThatIsOver() {
    var status =
        TaskStatus.newBuilder()
            .setTaskId(KEY.task().message())
            .setState(TaskState.TASK_FINISHED)
            .setUuid(UUID)
            .build();
    var task =
        new Task(
            KEY,
            TaskMessages.task("t", "true").build(),
            new ContainerId("c"),
            "/w",
            new Progress.Launching(),
            List.of());
    assertEquals(
        List.of("frameworks/F", "owners/c", "tasks/c", "updates/" + "0".repeat(32)),
        keysAfter(
            new FrameworkEvent.Known(TaskMessages.framework("F")),
            new TaskEvent.Admitted(task),
            new UpdateEvent.Queued(KEY, status)));
    assertEquals(
        List.of(),
        keysAfter(
            new UpdateEvent.Acknowledged(KEY, UUID),
            new TaskEvent.Completed(KEY, "c"),
            new FrameworkEvent.Removed(KEY.framework())));
  }

  @Test
  void whatNeedNotOutliveTheProcessIsNotStored() {
    assertEquals(List.of(), keysAfter(new UpdateEvent.Paused(KEY)));
  }
}
