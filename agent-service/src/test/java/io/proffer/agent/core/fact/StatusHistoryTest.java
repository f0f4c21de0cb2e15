package io.proffer.agent.core.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.proffer.api.v1.Label;
import io.proffer.api.v1.Labels;
import io.proffer.api.v1.TaskID;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StatusHistoryTest {
  private static final long ROOM = 1 << 20;

  private static TaskStatus status(int number, String message) {
    return TaskStatus.newBuilder()
        .setTaskId(TaskID.newBuilder().setValue("t"))
        .setState(number % 2 == 0 ? TaskState.TASK_STARTING : TaskState.TASK_RUNNING)
        .setMessage(message)
        .setTimestamp(number)
        .build();
  }

  private static TaskStatus labelled(int labels) {
    var all = Labels.newBuilder();
    for (var i = 0; i < labels; i++) {
      all.addLabels(Label.newBuilder().setKey("key" + i).setValue("value"));
    }
    return status(1, "").toBuilder().setLabels(all).build();
  }

  @Test
  void dataIsLeftOutAndANovelIsCut() {
    var status =
        status(0, "x".repeat(50_000)).toBuilder().setData(ByteString.copyFromUtf8("d")).build();
    var kept = StatusHistory.with(List.of(), status, 100, ROOM).getFirst();
    assertFalse(kept.hasData());
    assertTrue(kept.getMessage().length() < 20_000);
  }

  @Test
  void ofOneThatIsAllLabelsTheFactsAreKept() {
    var few = StatusHistory.with(List.of(), labelled(10), 100, ROOM).getFirst();
    assertEquals(10, few.getLabels().getLabelsCount());
    var many = StatusHistory.with(List.of(), labelled(10_000), 100, ROOM).getFirst();
    assertFalse(many.hasLabels());
    assertEquals(TaskState.TASK_RUNNING, many.getState());
    assertFalse(many.hasReason(), "nothing is added");
  }

  @Test
  void theOldestGoWhenThereIsNoRoomAndTheNewestStays() {
    List<TaskStatus> all = List.of();
    for (var i = 0; i < 20; i++) {
      all = StatusHistory.with(all, status(i, "x".repeat(1000)), 100, 20_000);
    }
    assertTrue(all.size() > 1 && all.size() < 20, all.size() + " are kept");
    assertTrue(StatusHistory.weight(all) <= 20_000);
    assertEquals(19, all.getLast().getTimestamp());

    var last = StatusHistory.with(all, status(20, "x".repeat(1000)), 100, 0);
    assertEquals(1, last.size());
    assertEquals(20, last.getFirst().getTimestamp());
    assertTrue(last.getFirst().getMessage().length() < 600);
  }
}
