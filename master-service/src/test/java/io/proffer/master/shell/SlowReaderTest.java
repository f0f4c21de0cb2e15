package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.internal.Subscribe;
import io.proffer.api.v1.AgentID;
import io.proffer.api.v1.FrameworkID;
import io.proffer.api.v1.Task;
import io.proffer.api.v1.TaskID;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.api.v1.scheduler.Event;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A long reconciliation to a slow scheduler, through a buffer far smaller than the answer. */
@Timeout(120)
class SlowReaderTest {
  private static final int TASKS = Integer.getInteger("slow.tasks", 10_000);
  private static final double BYTES_PER_SECOND = Integer.getInteger("slow.rate", 4_000_000);

  @Test
  void eachTaskIsAnsweredAndTheReaderIsNotCut() throws Exception {
    var flags = Map.of("registry", "in_memory", "stream_buffer_bytes", "1MB");
    var framework = FrameworkID.newBuilder().setValue("F").build();
    try (var master = RunningMaster.start(flags);
        var agent = ScriptedAgent.register(master, withTasks(framework));
        var scheduler =
            ScriptedScheduler.subscribe(
                master, ScriptedScheduler.info().setId(framework).build())) {
      scheduler.call(
          Call.newBuilder()
              .setType(Call.Type.RECONCILE)
              .setReconcile(Call.Reconcile.getDefaultInstance()));

      assertEquals("A", agent.id().getValue());
      for (var answered = 0; answered < TASKS; answered++) {
        var update = scheduler.next(Event.Type.UPDATE).getUpdate().getStatus();
        assertEquals(TaskStatus.Reason.REASON_RECONCILIATION, update.getReason());
        LockSupport.parkNanos((long) (update.getSerializedSize() / BYTES_PER_SECOND * 1e9));
      }
    }
  }

  private static Subscribe.Builder withTasks(FrameworkID framework) {
    var subscription = ScriptedAgent.subscription();
    var agent = AgentID.newBuilder().setValue("A").build();
    subscription.getAgentInfoBuilder().setId(agent);
    subscription.addFrameworks(ScriptedScheduler.info().setId(framework));
    for (var i = 0; i < TASKS; i++) {
      var id = TaskID.newBuilder().setValue("task-" + i).build();
      var status =
          TaskStatus.newBuilder()
              .setTaskId(id)
              .setAgentId(agent)
              .setState(TaskState.TASK_RUNNING)
              .setMessage("x".repeat(200));
      subscription.addTasks(
          Task.newBuilder()
              .setName("t")
              .setTaskId(id)
              .setFrameworkId(framework)
              .setAgentId(agent)
              .setState(TaskState.TASK_RUNNING)
              .setStatusUpdateState(TaskState.TASK_RUNNING)
              .addStatuses(status));
    }
    return subscription;
  }
}
