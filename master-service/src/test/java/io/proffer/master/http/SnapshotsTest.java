package io.proffer.master.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.proffer.master.core.command.Command;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.effect.Reply;
import io.proffer.master.core.fact.Snapshot;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Readers share snapshots, and none gets one that is older than its question. */
class SnapshotsTest {
  private static final Snapshot SNAPSHOT =
      new Snapshot(
          0, 0, null, null, null, null, null, null, null, null, null, null, 0, null, null, null,
          null, null);

  private static final String FULL = "The master has too many calls waiting: send it again later";
  private static final String LATE = "The master did not answer in time";
  private static final int LIMIT = 3;

  private final ArrayDeque<Command> queue = new ArrayDeque<>();
  private final Pending pending = new Pending(Duration.ofSeconds(1).toNanos(), System::nanoTime);
  private final List<String> answered = new ArrayList<>();
  private boolean full;

  private final Snapshots snapshots =
      new Snapshots(command -> !full && queue.add(command), pending, LIMIT);

  @Test
  void readersThatWaitAtTheSameTimeShareOneRead() {
    read("a");
    read("b");
    read("c");

    assertEquals(1, queue.size());
    answerNext();
    assertEquals(List.of("a"), answered);

    assertEquals(1, queue.size());
    answerNext();
    assertEquals(List.of("a", "b", "c"), answered);
    assertEquals(0, queue.size());
  }

  @Test
  void aReaderThatComesLaterAsksAnew() {
    read("a");
    answerNext();
    read("b");

    assertEquals(1, queue.size());
  }

  @Test
  void aFullLoopIsToldToEachReaderAndTriedAgainForTheNext() {
    full = true;
    read("a");
    full = false;
    read("b");
    answerNext();

    assertEquals(List.of("a: " + FULL, "b"), answered);
    assertEquals(0, pending.size());
  }

  @Test
  void aReadThatIsNeverAnsweredIsGivenUp() {
    read("a");
    read("b");
    pending.sweep(System.nanoTime());
    assertEquals(List.of(), answered);

    pending.sweep(System.nanoTime() + Duration.ofSeconds(2).toNanos());

    assertEquals(List.of("a: " + LATE, "b: " + LATE), answered);
  }

  @Test
  void aReaderThatThrowsIsToldSoAndTheOthersGetTheirSnapshot() {
    read("first");
    answerNext();
    read("a");
    snapshots.read(
        reader(
            "failed",
            found -> {
              throw new IllegalArgumentException("cannot word it");
            }));
    read("b");
    answerNext();

    assertEquals(List.of("first", "a"), answered);
    answerNext();
    assertEquals(List.of("first", "a", "failed: cannot word it", "b"), answered);
    read("later");
    answerNext();
    assertEquals("later", answered.getLast());
  }

  @Test
  void aReadThatFailedIsAnsweredWithItsIncident() {
    read("a");
    pending.deliver(new Reply.Failed(nextRead().replyTo(), "i-1"));

    assertEquals(
        List.of("a: 500 Internal Server Error. Incident i-1: the log has the cause."), answered);
  }

  @Test
  void moreReadersThanMayWaitAreToldToComeAgain() {
    read("in the loop");
    for (var reader : List.of("a", "b", "c", "too many")) {
      read(reader);
    }
    assertEquals(List.of("too many: " + FULL), answered);

    answerNext();
    answerNext();
    assertEquals(List.of("too many: " + FULL, "in the loop", "a", "b", "c"), answered);
  }

  private void read(String reader) {
    snapshots.read(reader(reader, snapshot -> answered.add(reader)));
  }

  private Snapshots.Reader reader(String name, Consumer<Snapshot> take) {
    return new Snapshots.Reader(
        take,
        answer -> answered.add(name + ": " + answer.body()),
        failure -> answered.add(name + ": " + failure.getMessage()));
  }

  private OperatorCommand.Read nextRead() {
    return (OperatorCommand.Read) queue.poll();
  }

  private void answerNext() {
    pending.deliver(new Reply.Answer(nextRead().replyTo(), SNAPSHOT));
  }
}
