package io.proffer.agent.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.agent.core.event.TaskEvent;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.trace.TaskHops;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.kernel.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class TaskTraceTest {
  private static final TaskKey KEY = new TaskKey(new FrameworkId("F"), new TaskId("t"));

  private final List<String> lines = new ArrayList<>();
  private long nowMs;
  private final TaskTrace trace =
      new TaskTrace(new TaskHops(10, () -> nowMs++ * 1_000_000, lines::add, trip -> {}));

  private void launched() {
    var framework =
        FrameworkInfo.newBuilder().setUser("u").setName("n").setId(KEY.framework().message());
    var task = TaskInfo.newBuilder().setName("t").setTaskId(KEY.task().message());
    trace.asked(new MasterCommand.RunTask("session", framework.build(), task.buildPartial(), true));
  }

  private void decided(TaskEvent event) {
    trace.decided(new Frame<>(List.of(event), List.of()));
  }

  private void sent(TaskState state, TaskState latest) {
    var status = TaskStatus.newBuilder().setTaskId(KEY.task().message()).setState(state).build();
    trace.leaves(List.of(new ToMaster.Update("session", KEY.framework(), status, latest)));
  }

  private void acknowledged() {
    trace.asked(
        new MasterCommand.Acknowledge("session", KEY.framework(), KEY.task(), ByteString.EMPTY));
  }

  @Test
  void ofATaskThatIsOverSoonTheWholeWayIsToldToo() {
    launched();
    decided(new TaskEvent.Started(KEY, 1, OptionalLong.empty(), Optional.empty()));
    decided(new TaskEvent.Ended(KEY, "exited with status 0"));
    sent(TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);
    acknowledged();

    assertEquals(
        List.of(
            "Task t of framework F: launch received",
            "Task t of framework F: container started, 1.0 ms after launch received",
            "Task t of framework F: RUNNING sent, 1.0 ms after container started",
            "Task t of framework F took 2.0 ms from launch received: container started 1.0,"
                + " RUNNING sent 1.0",
            "Task t of framework F: acknowledged, 1.0 ms after RUNNING sent"),
        lines);
  }

  @Test
  void oneWhoseEndIsToldIsForgotten() {
    launched();
    decided(new TaskEvent.Ended(KEY, "could not be started"));
    sent(TaskState.TASK_FAILED, TaskState.TASK_FAILED);
    sent(TaskState.TASK_RUNNING, TaskState.TASK_RUNNING);

    assertEquals(List.of("Task t of framework F: launch received"), lines);
  }

  @Test
  void oneOfAFrameworkThatIsGoneIsForgotten() {
    launched();
    decided(new TaskEvent.Completed(KEY, "c"));
    sent(TaskState.TASK_RUNNING, TaskState.TASK_RUNNING);

    assertEquals(List.of("Task t of framework F: launch received"), lines);
  }
}
