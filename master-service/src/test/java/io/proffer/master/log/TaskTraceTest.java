package io.proffer.master.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import io.proffer.api.acl.Rights;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.resource.Resources;
import io.proffer.api.trace.TaskHops;
import io.proffer.api.trace.Trip;
import io.proffer.api.v1.Filters;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.Offer;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.kernel.Frame;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.command.Caller;
import io.proffer.master.core.command.ReplyTo;
import io.proffer.master.core.command.SchedulerCommand;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.fact.StatusHistory;
import io.proffer.master.core.fact.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TaskTraceTest {
  private static final AgentId AGENT = new AgentId("S");

  private final List<String> lines = new ArrayList<>();
  private final List<Trip> trips = new ArrayList<>();
  private long nowMs;
  private final TaskTrace trace =
      new TaskTrace(new TaskHops(10, () -> nowMs * 1_000_000, lines::add, trips::add));

  /** One framework, which launches {@code same}. */
  private final class Story {
    private final FrameworkId id;
    private final Caller caller;

    Story(String name) {
      this.id = new FrameworkId(name);
      this.caller =
          new Caller(
              id,
              Optional.of("stream of " + name),
              Rights.unlimited(Optional.empty()),
              new ReplyTo(1));
    }

    TaskInfo info() {
      return TaskInfo.newBuilder()
          .setName("same")
          .setTaskId(new TaskId("same").message())
          .setAgentId(AGENT.message())
          .build();
    }

    void launches() {
      var launch = Offer.Operation.Launch.newBuilder().addTaskInfos(info());
      var operation =
          Offer.Operation.newBuilder().setType(Offer.Operation.Type.LAUNCH).setLaunch(launch);
      nowMs++;
      trace.asked(
          new SchedulerCommand.Accept(
              caller, List.of(), List.of(operation.build()), Filters.getDefaultInstance()));
      var task =
          new Task(
              id,
              new TaskId("same"),
              AGENT,
              Optional.empty(),
              "r",
              Resources.empty(),
              info().toByteString(),
              TaskState.TASK_STAGING,
              Optional.empty(),
              StatusHistory.empty());
      nowMs++;
      trace.decided(new Frame<>(List.of(new TaskEvent.Launched(task)), List.of()));
      var framework = FrameworkInfo.newBuilder().setUser("u").setName("n").setId(id.message());
      nowMs++;
      trace.leaves(List.of(new ToAgent.RunTask("session", framework.build(), info(), true)));
    }

    void updates(TaskState state, TaskState latest) {
      var status =
          TaskStatus.newBuilder()
              .setTaskId(new TaskId("same").message())
              .setAgentId(AGENT.message())
              .setState(state)
              .build();
      nowMs++;
      trace.asked(new AgentCommand.Update(AGENT, "session", id, status, latest));
      trace.decided(
          new Frame<>(
              List.of(
                  new TaskEvent.Updated(
                      id, new TaskId("same"), status, latest, Optional.of(latest), false)),
              List.of()));
      nowMs++;
      trace.leaves(List.of(new ToFramework.Update("stream", id, status)));
    }

    void acknowledges() {
      nowMs++;
      trace.asked(
          new SchedulerCommand.Acknowledge(caller, AGENT, new TaskId("same"), ByteString.EMPTY));
    }
  }

  private List<String> told(String word) {
    return lines.stream().filter(line -> line.contains(word)).toList();
  }

  @Test
  void ofATaskThatIsOverSoonTheWholeWayIsToldToo() {
    var one = new Story("A");
    one.launches();
    one.updates(TaskState.TASK_RUNNING, TaskState.TASK_FINISHED);
    one.acknowledges();
    one.updates(TaskState.TASK_FINISHED, TaskState.TASK_FINISHED);

    assertEquals(
        List.of(
            "Task same of framework A on agent S took 4.0 ms from ACCEPT decoded: decided 1.0,"
                + " launch sent 1.0, RUNNING received 1.0, RUNNING forwarded 1.0"),
        told("took"));
    assertEquals(
        "Task same of framework A on agent S: acknowledged, 1.0 ms after RUNNING forwarded",
        lines.getLast());
    assertEquals(1, trips.size());
  }

  @Test
  void tasksOfOneIdAndAgentAreToldApartByTheirFrameworks() {
    var one = new Story("A");
    var other = new Story("B");
    one.launches();
    other.launches();
    one.updates(TaskState.TASK_RUNNING, TaskState.TASK_RUNNING);

    assertEquals(
        List.of(
            "Task same of framework A on agent S took 7.0 ms from ACCEPT decoded: decided 1.0,"
                + " launch sent 1.0, RUNNING received 4.0, RUNNING forwarded 1.0"),
        told("took"));
    assertEquals(List.of(new Trip.Task("A", "same")), trips.stream().map(Trip::task).toList());

    one.acknowledges();
    other.updates(TaskState.TASK_RUNNING, TaskState.TASK_RUNNING);
    assertEquals(2, told("took").size());
  }

  @Test
  void oneThatNeverRanIsNotToldOfWhenItsIdIsUsedAgain() {
    var one = new Story("A");
    one.launches();
    one.updates(TaskState.TASK_FAILED, TaskState.TASK_FAILED);
    one.updates(TaskState.TASK_RUNNING, TaskState.TASK_RUNNING);

    assertEquals(List.of(), told("RUNNING"));
  }
}
