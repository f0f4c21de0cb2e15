package io.proffer.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop on its own thread: waking, failing, closing. */
@Timeout(20)
final class LoopThreadTest {
  private final Cores.Echo core = new Cores.Echo();
  private final Cores.HandJournal journal = new Cores.HandJournal();
  private final LinkedBlockingQueue<String> sent = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
  private Loop<String, String, String> loop = loop(core, journal, Duration.ofSeconds(20));

  private Loop<String, String, String> loop(
      Core<String, String, String> core, Journal<Write> journal, Duration storeTimeout) {
    var clock = new SystemClock();
    var gate =
        new Gate<String, String>(
            Cores::durable,
            journal,
            frame -> {},
            sent::addAll,
            clock,
            new Gate.Limits(4, storeTimeout));
    return new Loop<>(
        "test",
        core,
        () -> "tick",
        gate,
        new Moments(clock, new RandomIds(), 1),
        new Loop.Limits(1000, 16, Duration.ofSeconds(10)),
        (command, nanos, waited) -> {},
        failures::add);
  }

  @AfterEach
  void stop() {
    loop.close(Duration.ZERO);
  }

  private String next() throws InterruptedException {
    return sent.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void aSleepingLoopWakesForACommandAndForTheEndOfAWrite() throws InterruptedException {
    loop.start();
    assertTrue(loop.offer("effect 1"));
    assertEquals("sent effect 1", next());
    assertTrue(loop.offer("durable 2"));
    await(() -> !journal.keys().isEmpty());
    journal.succeed();
    assertEquals("sent durable 2", next());
  }

  @Test
  void aSleepingLoopWakesForADeadline() throws InterruptedException {
    var ticked = new CountDownLatch(1);
    core.deadline = OptionalLong.of(new SystemClock().monotonicNanos() + 20_000_000);
    core.onTick =
        () -> {
          core.deadline = OptionalLong.empty();
          ticked.countDown();
        };
    loop.start();
    assertTrue(ticked.await(10, TimeUnit.SECONDS));
  }

  @Test
  void commandsOfManyThreadsAllHaveOneTurn() throws InterruptedException {
    loop = loop(core, new InMemoryJournal(), Duration.ofSeconds(20));
    loop.start();
    var threads = new ArrayList<Thread>();
    for (var t = 0; t < 4; t++) {
      var name = "durable " + t + "/";
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (var i = 0; i < 1000; i++) {
                      while (!loop.offer(name + i)) {
                        Thread.onSpinWait();
                      }
                    }
                  }));
    }
    for (var thread : threads) {
      thread.join();
    }
    loop.close();
    assertEquals(4000, sent.size());
    for (var t = 0; t < 4; t++) {
      var prefix = "sent durable " + t + "/";
      var mine = sent.stream().filter(s -> s.startsWith(prefix)).toList();
      assertEquals(1000, mine.size());
      for (var i = 0; i < 1000; i++) {
        assertEquals(prefix + i, mine.get(i));
      }
    }
  }

  @Test
  void anExceptionOutOfTheCoreEndsTheLoopOnce() throws InterruptedException {
    loop.start();
    assertTrue(loop.offer("throw"));
    var failure = failures.poll(10, TimeUnit.SECONDS);
    assertEquals("the core broke", failure.getMessage());
    assertFalse(loop.offer("effect"));
    loop.close();
    assertTrue(sent.isEmpty());
    assertTrue(failures.isEmpty());
  }

  @Test
  void aFailedWriteEndsTheLoopAndLetsNothingOut() throws InterruptedException {
    loop.start();
    assertTrue(loop.offer("durable 1"));
    assertTrue(loop.offer("effect 2"));
    await(() -> !journal.keys().isEmpty());
    journal.fail();
    assertInstanceOf(StoreException.class, failures.poll(10, TimeUnit.SECONDS));
    assertFalse(loop.offer("effect 3"));
    loop.close();
    assertTrue(sent.isEmpty());
  }

  @Test
  void aStoreThatDoesNotAnswerEndsTheLoop() throws InterruptedException {
    loop = loop(core, journal, Duration.ofMillis(30));
    loop.start();
    assertTrue(loop.offer("durable 1"));
    assertInstanceOf(StoreException.class, failures.poll(10, TimeUnit.SECONDS));
    assertTrue(sent.isEmpty());
  }

  @Test
  void closeFinishesWhatWaitsEvenBehindAWrite() throws InterruptedException {
    assertTrue(loop.offer("durable 1"));
    assertTrue(loop.offer("effect 2"));
    loop.start();
    await(() -> !journal.keys().isEmpty());
    var closer = Thread.ofPlatform().start(loop::close);
    await(() -> !loop.offer("nothing"));
    journal.succeed();
    closer.join();
    assertTrue(List.copyOf(sent).containsAll(List.of("sent durable 1", "sent effect 2")));
    assertTrue(failures.isEmpty());
  }

  @Test
  void closeGivesUpWhenItsLimitPasses() {
    loop.start();
    assertTrue(loop.offer("durable 1"));
    await(() -> !journal.keys().isEmpty());
    loop.close(Duration.ofMillis(20));
    journal.succeed();
    loop.close(); // Waits for the thread, which could still let something out.
    assertNull(sent.poll());
    assertTrue(failures.isEmpty());
  }

  @Test
  void anEffectMayCloseTheLoopItRunsOn() throws InterruptedException {
    var seen = new LinkedBlockingQueue<Thread>();
    var closing =
        new Core<String, String, String>() {
          @Override
          public Frame<String, String> handle(String command, Moment moment) {
            seen.add(Thread.currentThread());
            loop.close();
            return new Frame<>(List.of(), List.of("sent " + command));
          }

          @Override
          public OptionalLong nextDeadlineNanos() {
            return OptionalLong.empty();
          }
        };
    loop = loop(closing, journal, Duration.ofSeconds(20));
    loop.start();
    assertTrue(loop.offer("1"));
    assertEquals("sent 1", next());
    var thread = seen.take();
    assertTrue(thread.join(Duration.ofSeconds(10)));
    assertSame(Thread.State.TERMINATED, thread.getState());
  }

  @Test
  void aLoopThatNeverStartedClosesAtOnce() {
    loop.close();
    assertFalse(loop.offer("1"));
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }
}
