package io.proffer.master.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.protobuf.ByteString;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.log.Foreign;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.scheduler.OfferConstraints;
import io.proffer.kernel.Frame;
import io.proffer.master.core.event.AgentEvent;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.ExecutorEvent;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.core.event.TaskEvent;
import io.proffer.master.core.fact.Capabilities;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.FrameworkLink;
import io.proffer.master.core.fact.StatusHistory;
import io.proffer.master.core.fact.Task;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Whoever is quoted in the master's log writes no lines of it. */
class FrameLogTest {
  private static final String EVIL =
      "evil)\n2026-01-01 INFO io.proffer.master: Framework FORGED removed\r\u001b[2J\u2028\u202e";
  private static final String TAMED =
      "evil)\\n2026-01-01 INFO io.proffer.master: Framework FORGED removed\\u000d\\u001b[2J\\u2028\\u202e";
  private static final FrameworkId FRAMEWORK = new FrameworkId(EVIL);
  private static final TaskId TASK = new TaskId(EVIL);
  private static final AgentId AGENT = new AgentId(EVIL);

  private final Logger log = (Logger) LoggerFactory.getLogger("io.proffer.master");
  private final Level level = log.getLevel();
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();

  @BeforeEach
  void listen() {
    written.start();
    log.setLevel(Level.DEBUG);
    log.addAppender(written);
  }

  @AfterEach
  void stop() {
    log.detachAppender(written);
    log.setLevel(level);
  }

  private List<String> lines(Event event) {
    new FrameLog().accept(new Frame<>(List.of(event), List.of()));
    return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  static Stream<Event> quotingStrangers() {
    var host = AgentInfo.newBuilder().setId(AGENT.message()).setHostname(EVIL).build();
    return Stream.of(
        new FrameworkEvent.Added(framework(EVIL, new FrameworkLink.Connected("s"))),
        new FrameworkEvent.Added(framework(EVIL, new FrameworkLink.Recovered())),
        new FrameworkEvent.Updated(framework(EVIL, new FrameworkLink.Connected("s"))),
        new FrameworkEvent.Suppressed(FRAMEWORK, List.of(EVIL)),
        new FrameworkEvent.Disconnected(FRAMEWORK, Instant.EPOCH),
        new FrameworkEvent.Removed(FRAMEWORK, FrameworkInfo.getDefaultInstance(), Instant.EPOCH),
        new AgentEvent.Admitted(host),
        new AgentEvent.MarkedReachable(host),
        new AgentEvent.MarkedUnreachable(AGENT, Instant.EPOCH),
        new TaskEvent.Launched(task()),
        new TaskEvent.Readded(task()),
        new TaskEvent.Refused(FRAMEWORK, TASK, status(EVIL)),
        new TaskEvent.Updated(
            FRAMEWORK, TASK, status(EVIL), TaskState.TASK_ERROR, Optional.empty(), false),
        new TaskEvent.KillAsked(FRAMEWORK, TASK, AGENT),
        new TaskEvent.Unreachable(FRAMEWORK, TASK, status(EVIL), Instant.EPOCH),
        new TaskEvent.Completed(FRAMEWORK, TASK),
        new ExecutorEvent.Ended(AGENT, FRAMEWORK, new ExecutorId(EVIL)));
  }

  @ParameterizedTest
  @MethodSource("quotingStrangers")
  void aLineBreakOfAStrangerStaysOnItsLine(Event event) {
    for (var line : lines(event)) {
      assertTrue(line.contains(TAMED), line);
      assertFalse(
          line.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x202e),
          line);
    }
    assertFalse(written.list.isEmpty());
  }

  @Test
  void aNameIsNotEndless() {
    var framework = framework("n".repeat(3_000_000), new FrameworkLink.Connected("s"));
    var line = lines(new FrameworkEvent.Added(framework)).getFirst();
    assertTrue(line.contains("nnn... (3000000 characters)"), line.substring(0, 99));
    assertTrue(line.length() < 3 * Foreign.LONGEST, () -> "length " + line.length());
  }

  @Test
  void anOrdinaryLineIsAsItWas() {
    var status = TaskStatus.newBuilder(status("no such user")).build();
    assertEquals(
        List.of("Task t of framework f refused, TASK_ERROR: no such user"),
        lines(new TaskEvent.Refused(new FrameworkId("f"), new TaskId("t"), status)));
  }

  private static Framework framework(String name, FrameworkLink link) {
    var info = FrameworkInfo.newBuilder().setUser("u").setName(name).build();
    return new Framework(
        FRAMEWORK,
        info,
        Capabilities.of(info),
        List.of(EVIL),
        List.of(),
        OfferConstraints.getDefaultInstance(),
        link,
        Instant.EPOCH,
        Optional.empty(),
        Resources.empty(),
        Resources.empty());
  }

  private static Task task() {
    return new Task(
        FRAMEWORK,
        TASK,
        AGENT,
        Optional.empty(),
        "r",
        Resources.empty(),
        ByteString.EMPTY,
        TaskState.TASK_STAGING,
        Optional.empty(),
        StatusHistory.empty());
  }

  private static TaskStatus status(String message) {
    return TaskStatus.newBuilder()
        .setTaskId(TASK.message())
        .setState(TaskState.TASK_ERROR)
        .setMessage(message)
        .build();
  }
}
