package io.proffer.master.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.acl.AclDocument;
import io.proffer.api.acl.AclFormatException;
import io.proffer.api.acl.Rights;
import io.proffer.api.http.MediaType;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.fact.StatusHistory;
import io.proffer.master.core.fact.Task;
import io.proffer.master.sight.Sight;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who hears of which tasks: events name ids, rules name users. */
class OwnersTest {
  private static final FrameworkId ANNS = new FrameworkId("anns");
  private static final FrameworkId BOBS = new FrameworkId("bobs");

  private final Owners owners = new Owners(2);
  private final Sight annsSight = sight("view_frameworks", "view_tasks");

  OwnersTest() {
    owners.add(ANNS, info("ann"));
    owners.add(BOBS, info("bob"));
  }

  @Test
  void tasksAreHeardOfByWhoSeesTheirFrameworkAndTheirUser() {
    assertHeard(true, new TaskEvent.Launched(task(ANNS, "a", "")));
    assertHeard(false, new TaskEvent.Launched(task(ANNS, "b", "root")));
    assertHeard(false, new TaskEvent.Launched(task(BOBS, "c", "")));
    assertHeard(false, new TaskEvent.Launched(task(BOBS, "d", "ann")));

    assertHeard(true, updated(ANNS, "a"));
    assertHeard(false, updated(ANNS, "b"));
    assertHeard(false, updated(BOBS, "c"));
    assertHeard(false, updated(BOBS, "d"));
  }

  @Test
  void aTaskThatWentOutOfReachAndCameBackIsStillItsUsers() {
    assertHeard(false, new TaskEvent.Launched(task(ANNS, "b", "root")));
    assertHeard(false, unreachable("b"));
    assertHeard(false, new TaskEvent.Readded(task(ANNS, "b", "root")));
    assertHeard(false, updated(ANNS, "b"));
  }

  @Test
  void aTaskThatWentOutOfReachAndEndedIsItsUsersToTheEnd() {
    assertHeard(false, new TaskEvent.Launched(task(ANNS, "b", "root")));
    assertHeard(false, unreachable("b"));
    assertHeard(false, updated(ANNS, "b"));
    assertEquals(List.of(), news(new TaskEvent.Completed(ANNS, new TaskId("b"))));
    assertHeard(true, new TaskEvent.Launched(task(ANNS, "b", "")));
    assertHeard(true, updated(ANNS, "b"));
  }

  @Test
  void ofTasksOutOfReachAsManyAreRememberedAsThereIsNewsOf() {
    for (var id : List.of("b", "c", "d")) {
      assertHeard(false, new TaskEvent.Launched(task(ANNS, id, "root")));
      assertHeard(false, unreachable(id));
    }
    assertHeard(true, updated(ANNS, "b")); // The core has no such news any more.
    assertHeard(false, updated(ANNS, "c"));
    assertHeard(false, updated(ANNS, "d"));
  }

  @Test
  void aTaskThatCameBackIsNotForgottenForOthersThatGoOutOfReach() {
    assertHeard(false, new TaskEvent.Launched(task(ANNS, "b", "root")));
    assertHeard(false, unreachable("b"));
    assertHeard(false, new TaskEvent.Readded(task(ANNS, "b", "root")));
    for (var id : List.of("c", "d", "e")) {
      assertHeard(false, new TaskEvent.Launched(task(ANNS, id, "root")));
      assertHeard(false, unreachable(id));
    }
    assertHeard(false, updated(ANNS, "b"));
  }

  @Test
  void anIdThatComesAgainWithoutItsFirstUserIsNotHis() {
    assertHeard(false, new TaskEvent.Launched(task(ANNS, "b", "root")));
    assertHeard(false, unreachable("b"));
    assertHeard(true, new TaskEvent.Launched(task(ANNS, "b", "")));
    assertHeard(true, updated(ANNS, "b"));
  }

  @Test
  void theLastWordsOfARemovedFrameworkAreHeardByItsOwner() {
    assertHeard(true, new TaskEvent.Launched(task(ANNS, "a", "")));
    assertHeard(false, new TaskEvent.Launched(task(ANNS, "b", "root")));
    assertHeard(true, new FrameworkEvent.Removed(ANNS, info("ann"), Instant.EPOCH));
    assertHeard(true, updated(ANNS, "a"));
    assertHeard(false, updated(ANNS, "b"));
  }

  @Test
  void whatIsUnknownIsForThoseWhoSeeEverything() {
    var event = updated(new FrameworkId("strange"), "a");
    assertHeard(false, event);
    assertEquals(1, heard(event, sight()));
  }

  private void assertHeard(boolean heard, Event event) {
    assertEquals(heard ? 1 : 0, heard(event, annsSight), () -> event.toString());
  }

  private int heard(Event event, Sight sight) {
    var news = news(event);
    assertEquals(1, news.size());
    return new NumberedEvent("e", 1, 1, news.getFirst()).encoded(MediaType.JSON, sight).isPresent()
        ? 1
        : 0;
  }

  private List<News> news(Event event) {
    return EventWords.of(List.of(event), owners, new Belated());
  }

  private static Sight sight(String... ofAnn) {
    var document = new StringBuilder("{\"permissive\": true");
    for (var action : ofAnn) {
      document.append(
          ", \"%s\": [{\"principals\": {\"values\": [\"p\"]}, \"users\": {\"values\": [\"ann\"]}}, {\"principals\": {\"type\": \"NONE\"}, \"users\": {\"type\": \"ANY\"}}]"
              .formatted(action));
    }
    try {
      return Sight.of(
          new Rights(AclDocument.parse(document.append('}').toString()), Optional.of("p")));
    } catch (AclFormatException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static FrameworkInfo info(String user) {
    return FrameworkInfo.newBuilder().setUser(user).setName("f").build();
  }

  private static Task task(FrameworkId framework, String id, String user) {
    var info =
        TaskInfo.newBuilder()
            .setName(id)
            .setTaskId(new TaskId(id).message())
            .setAgentId(new AgentId("s").message())
            .setCommand(CommandInfo.newBuilder().setUser(user))
            .build();
    return new Task(
        framework,
        new TaskId(id),
        new AgentId("s"),
        Optional.empty(),
        "r",
        Resources.empty(),
        info.toByteString(),
        TaskState.TASK_STAGING,
        Optional.empty(),
        StatusHistory.empty());
  }

  private static TaskEvent updated(FrameworkId framework, String id) {
    return new TaskEvent.Updated(
        framework,
        new TaskId(id),
        status(id),
        TaskState.TASK_RUNNING,
        Optional.of(TaskState.TASK_RUNNING),
        false);
  }

  private static TaskEvent unreachable(String id) {
    return new TaskEvent.Unreachable(ANNS, new TaskId(id), status(id), Instant.EPOCH);
  }

  private static TaskStatus status(String id) {
    return TaskStatus.newBuilder()
        .setTaskId(new TaskId(id).message())
        .setState(TaskState.TASK_RUNNING)
        .build();
  }
}
