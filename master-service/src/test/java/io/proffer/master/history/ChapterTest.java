package io.proffer.master.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.kernel.Undo;
import io.proffer.kernel.table.Table;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.core.fact.StatusHistory;
import io.proffer.master.core.fact.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file through the terms of one master. */
class ChapterTest {
  static final Task A = task("a");
  private static final Task B = task("b");
  private static final Task C = task("c");

  @TempDir private Path directory;

  @Test
  void eachTermBeginsWithWhatTheFileHolds() {
    try (var history = History.open(directory, 10, Duration.ofSeconds(20))) {
      var first = history.begin().orElseThrow();
      assertEquals(List.of(), names(first));
      keep(first, over(1, A, B));

      var second = history.begin().orElseThrow();
      assertEquals(List.of("a", "b"), names(second));
      var tasks = second.past().tasks();
      // The same version as in the term before: it counts anew in each.
      keep(second, over(1, tasks.get(1), C));

      assertEquals(List.of("b", "c"), names(history.begin().orElseThrow()));
    }
  }

  @Test
  void aTermThatEndedKeepsNothingMore() {
    try (var history = History.open(directory, 10, Duration.ofSeconds(20))) {
      var first = history.begin().orElseThrow();
      keep(first, over(1, A));
      var second = history.begin().orElseThrow();
      keep(first, over(2, B));

      keep(second, over(1, second.past().tasks().getFirst(), C));

      assertEquals(List.of("a", "c"), names(history.begin().orElseThrow()));
    }
  }

  @Test
  void whatCouldNotBeOpenedIsTriedAgainInTheNextTerm() throws Exception {
    var file = directory.resolve("history.sqlite");
    Files.writeString(file, "this is no database".repeat(500));
    try (var history = History.open(directory, 10, Duration.ofSeconds(20))) {
      var first = history.begin().orElseThrow();
      keep(first, over(1, A));
      assertEquals(List.of(), names(first));
      Files.delete(file);

      keep(history.begin().orElseThrow(), over(1, B));

      assertEquals(List.of("b"), names(history.begin().orElseThrow()));
    }
  }

  private static void keep(History.Chapter chapter, Snapshot over) {
    chapter.keep(over).toCompletableFuture().join();
  }

  static List<String> names(History.Chapter chapter) {
    return chapter.past().tasks().stream().map(task -> task.id().value()).toList();
  }

  static Snapshot over(long version, Task... tasks) {
    var undo = new Undo();
    var table = new Table<TaskId, Task>(undo);
    for (var task : tasks) {
      table.put(task.id(), task);
    }
    return new Snapshot(
        0,
        version,
        null,
        null,
        null,
        null,
        new Table<FrameworkId, Framework>(undo).snapshot(),
        null,
        null,
        null,
        null,
        table.snapshot(),
        0,
        null,
        null,
        null,
        null,
        null);
  }

  private static Task task(String id) {
    var info =
        TaskInfo.newBuilder()
            .setName(id)
            .setTaskId(new TaskId(id).message())
            .setAgentId(new AgentId("s").message())
            .build();
    return new Task(
        new FrameworkId("f"),
        new TaskId(id),
        new AgentId("s"),
        Optional.empty(),
        "r",
        Resources.empty(),
        info.toByteString(),
        TaskState.TASK_FINISHED,
        Optional.empty(),
        StatusHistory.empty());
  }
}
