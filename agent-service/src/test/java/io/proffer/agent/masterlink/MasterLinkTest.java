package io.proffer.agent.masterlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.proffer.agent.core.command.Command;
import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.ToMaster;
import io.proffer.api.id.ExecutorId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.internal.FromAgent;
import io.proffer.api.internal.Subscribe;
import io.proffer.api.internal.ToAgent;
import io.proffer.api.v1.AgentInfo;
import io.proffer.api.v1.FrameworkID;
import io.proffer.api.v1.TaskID;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class MasterLinkTest {
  private final BlockingQueue<Command> commands = new LinkedBlockingQueue<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private Vertx vertx;
  private final Semaphore refused = new Semaphore(0);
  private volatile boolean full;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void stop() throws Exception {
    for (var part : open.reversed()) {
      part.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private DoubleMaster master() {
    var master = new DoubleMaster(vertx, 0);
    open.add(master);
    return master;
  }

  private MasterLink link(String masters, MasterLink.Limits limits) {
    var link =
        new MasterLink(
            new VertxWire(
                vertx, limits.registration(), () -> Optional.of("Basic eDp5"), Optional.empty()),
            Masters.of(masters),
            limits,
            this::offer);
    open.add(link::close);
    return link;
  }

  private boolean offer(Command command) {
    if (full) {
      refused.release();
      return false;
    }
    return commands.add(command);
  }

  private MasterLink link(DoubleMaster master) {
    return link("127.0.0.1:" + master.port(), limits(Duration.ofSeconds(10)));
  }

  private static MasterLink.Limits limits(Duration registration) {
    return new MasterLink.Limits(100, 10, 1 << 20, 1 << 20, 1 << 20, registration);
  }

  private static void open(MasterLink link, String session, int attempt) {
    var subscribe =
        Subscribe.newBuilder()
            .setFormatVersion(1)
            .setSession(session)
            .setAgentInfo(AgentInfo.newBuilder().setHostname("h"))
            .setIp("127.0.0.1")
            .setVersion("1.11.0")
            .build();
    link.accept(List.of(new ToMaster.Open(session, attempt, subscribe)));
  }

  private MasterLink openTo(DoubleMaster master) throws InterruptedException {
    var link = link(master);
    open(link, "s1", 0);
    assertInstanceOf(MasterCommand.Registered.class, next());
    return link;
  }

  private Command next() throws InterruptedException {
    var command = commands.poll(20, TimeUnit.SECONDS);
    assertTrue(command != null, "nothing came");
    return command;
  }

  private String lost() throws InterruptedException {
    return assertInstanceOf(MasterCommand.Lost.class, next()).why();
  }

  private static ToMaster update(String task, int uuid) {
    var status =
        TaskStatus.newBuilder()
            .setTaskId(TaskID.newBuilder().setValue(task))
            .setState(TaskState.TASK_RUNNING)
            .setUuid(ByteString.copyFrom(new byte[] {(byte) uuid}))
            .build();
    return new ToMaster.Update("s1", new FrameworkId("F"), status, TaskState.TASK_RUNNING);
  }

  private static void shutDownFramework(ToAgent.Builder record, String framework) {
    var id = FrameworkID.newBuilder().setValue(framework);
    record.setShutdownFramework(ToAgent.ShutdownFramework.newBuilder().setFrameworkId(id));
  }

  @Test
  void recordsOfTheMasterBecomeCommandsInTheirOrder() throws InterruptedException {
    var master = master();
    openTo(master);
    master.send(record -> shutDownFramework(record, "F"));
    master.send(record -> record.setShutdown(ToAgent.Shutdown.newBuilder().setMessage("bye")));
    assertInstanceOf(MasterCommand.ShutdownFramework.class, next());
    assertEquals(new MasterCommand.Shutdown("s1", "bye"), next());
  }

  @Test
  void aPingIsAnsweredWithoutTheCore() throws InterruptedException {
    var master = master();
    openTo(master);
    master.send(record -> record.setPing(ToAgent.Ping.getDefaultInstance()));
    assertTrue(master.awaitRecord().hasPong());
    assertTrue(commands.isEmpty());
  }

  @Test
  void whatWaitsLeavesTogetherAndNumbered() throws InterruptedException {
    var master = master();
    var link = openTo(master);
    link.accept(List.of(update("a", 1), update("b", 2), update("c", 3)));
    var batch = master.awaitBatch();
    assertEquals("s1", batch.getSession());
    assertEquals(
        List.of(1L, 2L, 3L),
        batch.getRecordsList().stream().map(FromAgent.Record::getSequence).toList());
  }

  @Test
  void aBatchThatFailedIsSentAgainUnchanged() throws InterruptedException {
    var master = master().answerRecordsWith(503);
    var link = openTo(master);
    link.accept(List.of(update("a", 1)));
    var first = master.awaitBatch();
    link.accept(List.of(update("b", 2)));
    assertEquals(first, master.awaitBatch());
  }

  /** Until then its end is in the next subscription. */
  @Test
  void theCoreHearsThatTheMasterHasTakenInTheEndOfAnExecutor() throws InterruptedException {
    var link = openTo(master());
    var exited = new ToMaster.ExecutorExited("s1", new FrameworkId("F"), new ExecutorId("e"), 9);
    link.accept(List.of(update("a", 1), exited));
    assertEquals(new MasterCommand.EndHeard("s1", exited.framework(), exited.executor()), next());
  }

  @Test
  void anUpdateThatWaitsAlreadyIsNotAddedTwiceButTellsTheNewestState() {
    var outbox = new Outbox(tiny());
    var first = (ToMaster.Update) update("a", 1);
    assertTrue(outbox.add(Records.update(first)));
    assertTrue(outbox.add(Records.update((ToMaster.Update) update("b", 2))));
    var again =
        new ToMaster.Update("s1", first.framework(), first.status(), TaskState.TASK_FINISHED);
    assertTrue(outbox.add(Records.update(again)), "it needs no room");
    var batch = outbox.batch();
    assertEquals(2, batch.size());
    assertEquals(first.status(), batch.getFirst().getUpdate().getStatus());
    assertEquals(TaskState.TASK_FINISHED, batch.getFirst().getUpdate().getLatestState());
  }

  @Test
  void aTalkativeExecutorLosesMessagesAndNothingElse() {
    var outbox = new Outbox(new MasterLink.Limits(6, 10, 1 << 20, 5, 1 << 20, Duration.ofDays(1)));
    assertTrue(outbox.addMessage(message("hello")));
    assertFalse(outbox.addMessage(message("!")), "five bytes wait");
    assertTrue(outbox.add(Records.pong()));
    assertEquals(2, outbox.batch().size());
    assertTrue(outbox.addMessage(message("hi")), "they are on their way");
    assertFalse(outbox.addMessage(message("hi")), "half of the box is for what must not get lost");
    assertTrue(outbox.add(Records.pong()));
  }

  @Test
  void aRequestIsBoundedByBytesToo() {
    var outbox = new Outbox(new MasterLink.Limits(100, 10, 1, 99, 1 << 20, Duration.ofDays(1)));
    outbox.add(Records.pong());
    outbox.add(Records.pong());
    assertEquals(1, outbox.batch().size());
    outbox.taken();
    assertEquals(2, outbox.batch().getFirst().getSequence());
  }

  private static FromAgent.Record.Builder message(String data) {
    return Records.message(
        new ToMaster.Message(
            "s1", new FrameworkId("F"), new ExecutorId("e"), ByteString.copyFromUtf8(data)));
  }

  private static MasterLink.Limits tiny() {
    return new MasterLink.Limits(2, 10, 1 << 20, 1 << 20, 1 << 20, Duration.ofDays(1));
  }

  @Test
  void aFullOutboxSaysSo() {
    var outbox = new Outbox(tiny());
    assertTrue(outbox.add(Records.pong()));
    assertTrue(outbox.add(Records.pong()));
    assertFalse(outbox.add(Records.pong()));
  }

  @Test
  void aSessionThatIsOverEndsWithTheMastersSentence() throws InterruptedException {
    var master = master().answerRecordsWith(409);
    var link = openTo(master);
    link.accept(List.of(update("a", 1)));
    assertTrue(lost().contains("ended the session"));
  }

  @Test
  void aStreamThatEndsEndsTheSession() throws InterruptedException {
    var master = master();
    openTo(master);
    master.hangUp();
    assertTrue(lost().endsWith("closed the stream"));
  }

  @Test
  void aGapInTheSequenceEndsTheSession() throws InterruptedException {
    var master = master();
    openTo(master);
    master.write(
        ToAgent.newBuilder()
            .setEpoch(1)
            .setSession("s1")
            .setSequence(7)
            .setPing(ToAgent.Ping.getDefaultInstance())
            .build());
    assertTrue(lost().startsWith("expected record 2 of session s1"));
  }

  @Test
  void silenceEndsTheSession() throws InterruptedException {
    var master = master().pingTimeout(Duration.ofMillis(200));
    openTo(master);
    assertTrue(lost().startsWith("nothing was heard of the master"));
  }

  @Test
  void aMasterThatDoesNotAnswerIsGivenUp() throws InterruptedException {
    var master = master().refuse(request -> {});
    var link = link("127.0.0.1:" + master.port(), limits(Duration.ofMillis(200)));
    open(link, "s1", 0);
    assertTrue(lost().contains("did not accept this agent"));
  }

  @Test
  void aRefusalIsToldInTheMastersWords() throws InterruptedException {
    var master =
        master()
            .refuse(
                request -> {
                  var _ = request.response().setStatusCode(409).end("versions differ");
                });
    open(link(master), "s1", 0);
    assertTrue(lost().endsWith("refused this agent (409): versions differ"));
  }

  @Test
  void aMasterIsShownWhoComes() throws InterruptedException {
    var shown = new LinkedBlockingQueue<String>();
    var master =
        master()
            .refuse(
                request -> {
                  shown.add(String.valueOf(request.getHeader("Authorization")));
                  var _ = request.response().setStatusCode(401).end("401 Unauthorized.");
                });
    open(link(master), "s1", 0);
    var why = lost();
    assertTrue(why.contains("does not let this agent in (401): give it --credential=FILE"), why);
    assertEquals("Basic eDp5", shown.poll());
  }

  @Test
  void aStandbySendsTheAgentToTheLeader() throws InterruptedException {
    var leader = master();
    var standby =
        master()
            .refuse(
                request -> {
                  var to = "//127.0.0.1:" + leader.port() + request.path();
                  var _ = request.response().setStatusCode(307).putHeader("Location", to).end();
                });
    openTo(standby);
    assertEquals("s1", leader.awaitSubscription().getSession());
  }

  @Test
  void theMastersOfAListAreTriedInTurn() throws InterruptedException {
    var master = master();
    var link = link("127.0.0.1:1,127.0.0.1:" + master.port(), limits(Duration.ofSeconds(5)));
    open(link, "s1", 0);
    assertTrue(lost().startsWith("cannot reach the master at 127.0.0.1:1"));
    open(link, "s2", 1);
    assertInstanceOf(MasterCommand.Registered.class, next());
  }

  @Test
  void aCoreWithoutRoomGetsEverythingLaterInItsOrder() throws InterruptedException {
    var master = master();
    openTo(master);
    full = true;
    for (var i = 0; i < 10; i++) {
      var framework = "F" + i;
      master.send(record -> shutDownFramework(record, framework));
    }
    assertTrue(refused.tryAcquire(20, TimeUnit.SECONDS));
    full = false;
    for (var i = 0; i < 10; i++) {
      assertEquals(new MasterCommand.ShutdownFramework("s1", new FrameworkId("F" + i)), next());
    }
  }
}
