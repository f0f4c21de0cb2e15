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
import org.junit.jupiter.api.Test;

/** Readers share snapshots, and none gets one that is older than its question. */
class SnapshotsTest {
  private static final Snapshot SNAPSHOT =
      new Snapshot(null, null, null, null, null, null, null, null, null, 0);

  private final ArrayDeque<Command> queue = new ArrayDeque<>();
  private final Pending pending = new Pending(Duration.ofSeconds(1).toNanos(), System::nanoTime);
  private final List<String> answered = new ArrayList<>();
  private boolean full;

  private final Snapshots snapshots =
      new Snapshots(command -> !full && queue.add(command), pending);

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

    assertEquals(List.of("a: none", "b"), answered);
    assertEquals(0, pending.size());
  }

  @Test
  void aReadThatIsNeverAnsweredIsGivenUp() {
    read("a");
    read("b");
    pending.sweep(System.nanoTime());
    assertEquals(List.of(), answered);

    pending.sweep(System.nanoTime() + Duration.ofSeconds(2).toNanos());

    assertEquals(List.of("a: none", "b: none"), answered);
  }

  @Test
  void aReaderThatThrowsIsToldSoAndTheOthersGetTheirSnapshot() {
    read("first");
    answerNext();
    read("a");
    snapshots.read(
        found -> {
          throw new IllegalArgumentException("cannot word it");
        },
        failure -> answered.add("failed: " + failure.getMessage()));
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
  void aReaderThatThrowsWhenItGetsNothingIsToldSoToo() {
    snapshots.read(
        found -> {
          throw new IllegalArgumentException("cannot word it");
        },
        failure -> answered.add("failed: " + failure.getMessage()));
    pending.sweep(System.nanoTime() + Duration.ofSeconds(2).toNanos());

    assertEquals(List.of("failed: cannot word it"), answered);
  }

  private void read(String reader) {
    snapshots.read(
        found -> answered.add(found.isPresent() ? reader : reader + ": none"),
        failure -> answered.add(reader + ": " + failure));
  }

  private void answerNext() {
    var read = (OperatorCommand.Read) queue.poll();
    pending.deliver(new Reply.Answer(read.replyTo(), SNAPSHOT));
  }
}
