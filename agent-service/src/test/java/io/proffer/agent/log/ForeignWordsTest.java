package io.proffer.agent.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.proffer.agent.core.event.Event;
import io.proffer.agent.core.event.TaskEvent;
import io.proffer.agent.core.event.UpdateEvent;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.log.Foreign;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.kernel.Frame;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whoever is quoted in the log writes no lines of it. */
final class ForeignWordsTest {
  private final Logger log = (Logger) LoggerFactory.getLogger("io.proffer.agent");
  private final Level level = log.getLevel();
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();

  @BeforeEach
  void listen() {
    written.start();
    log.setLevel(Level.INFO);
    log.addAppender(written);
  }

  @AfterEach
  void stop() {
    log.detachAppender(written);
    log.setLevel(level);
  }

  private String line(Event event) {
    new DecisionLog().read(new Frame<>(List.of(event), List.of()));
    return written.list.getLast().getFormattedMessage();
  }

  private static TaskKey task(String id) {
    return new TaskKey(new FrameworkId("F"), new TaskId(id));
  }

  @Test
  void anIdWithALineBreakStaysOnItsLine() {
    var key = task("evil\n2026-01-01 ERROR all is lost\r\u001b[2J\u2028\u202e");
    var status =
        TaskStatus.newBuilder()
            .setTaskId(key.task().message())
            .setState(TaskState.TASK_RUNNING)
            .build();
    assertEquals(
        "task evil\\n2026-01-01 ERROR all is lost\\u000d\\u001b[2J\\u2028\\u202e of framework F is"
            + " TASK_RUNNING",
        line(new UpdateEvent.Queued(key, status, 0, List.of(), List.of())));
  }

  @Test
  void whatSomebodySaysOfAnEndIsOnItsLineAndNotEndless() {
    var line = line(new TaskEvent.Ended(task("t"), "broken\n" + "x".repeat(3_000_000)));
    assertTrue(line.startsWith("Ended task t of framework F: broken\\nxxx"), line.substring(0, 99));
    assertTrue(line.endsWith("x... (3000007 characters)"), () -> "length " + line.length());
    assertTrue(line.length() < 2 * Foreign.LONGEST, () -> "length " + line.length());
  }

  @Test
  void ordinaryWordsAreAsTheyWereSaid() {
    var words = "Größe \\ 100% – 任务 \uD83D\uDE00 \"x\"";
    assertEquals(words, new Foreign(words).toString());
  }
}
