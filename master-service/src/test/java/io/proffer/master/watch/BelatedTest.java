package io.proffer.master.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.master.Event;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.event.WorkEvent;
import io.proffer.master.core.fact.Work;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Removals are told after the ends of all tasks, in however many turns those come. */
class BelatedTest {
  private static final FrameworkId FRAMEWORK = new FrameworkId("f");
  private static final FrameworkInfo INFO =
      FrameworkInfo.newBuilder().setUser("u").setName("f").build();
  private static final AgentId AGENT = new AgentId("s");

  private final Owners owners = new Owners(1);
  private final Belated belated = new Belated();

  @Test
  void aLargeFrameworkIsRemovedAfterItsLastTask() {
    var removed = new FrameworkEvent.Removed(FRAMEWORK, INFO, Instant.EPOCH);
    var begun = new WorkEvent.Begun(1, new Work.ClearFramework(FRAMEWORK));
    assertEquals(List.of(Event.Type.TASK_UPDATED), told(killed("a"), removed, begun));
    assertEquals(
        List.of(Event.Type.TASK_UPDATED),
        told(killed("b"), new WorkEvent.Advanced(1, begun.work())));
    assertEquals(
        List.of(Event.Type.TASK_UPDATED, Event.Type.FRAMEWORK_REMOVED),
        told(killed("c"), new WorkEvent.Ended(1)));
    assertEquals(List.of(), told(new WorkEvent.Ended(1)));
  }

  @Test
  void aLargeAgentToo() {
    var work = new Work.ClearAgent(AGENT, Work.ClearAgent.Loss.REMOVED, "gone", Instant.EPOCH);
    assertEquals(
        List.of(), told(new AgentEvent.Removed(AGENT), new WorkEvent.Begun(2, work), answer(3)));
    assertEquals(List.of(), told(new WorkEvent.Ended(3)));
    assertEquals(
        List.of(Event.Type.TASK_UPDATED, Event.Type.AGENT_REMOVED),
        told(killed("a"), new WorkEvent.Ended(2)));
  }

  @Test
  void smallOnesAreRemovedAtOnceWhateverElseBegins() {
    assertEquals(
        List.of(Event.Type.TASK_UPDATED, Event.Type.AGENT_REMOVED),
        told(killed("a"), new AgentEvent.Removed(AGENT), answer(4)));
  }

  private static io.proffer.master.core.event.Event answer(long work) {
    return new WorkEvent.Begun(work, new Work.ReconcileAll(FRAMEWORK, "s", Optional.empty()));
  }

  private List<Event.Type> told(io.proffer.master.core.event.Event... events) {
    return EventWords.of(List.of(events), owners, belated).stream()
        .map(news -> news.words().get().getType())
        .toList();
  }

  private static io.proffer.master.core.event.Event killed(String task) {
    return new TaskEvent.Updated(
        FRAMEWORK,
        new TaskId(task),
        TaskStatus.newBuilder()
            .setTaskId(new TaskId(task).message())
            .setState(TaskState.TASK_KILLED)
            .build(),
        TaskState.TASK_KILLED,
        Optional.of(TaskState.TASK_KILLED),
        true);
  }
}
