package io.proffer.e2e.ha;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/** Asks the same again and again in a thread of its own, and keeps what was answered when. */
final class Probe implements AutoCloseable {
  /** What is asked: whether the answer was yes. Whatever it throws is a no. */
  interface Question {
    boolean ask() throws Exception;
  }

  /**
   * One question.
   *
   * @param asked before it was sent, of {@link System#nanoTime}
   * @param answered when its answer was there
   */
  record Answer(long asked, long answered, boolean yes) {}

  private static final Duration PACE = Duration.ofMillis(10);

  private final List<Answer> answers = new ArrayList<>();
  private final FutureTask<Void> work;
  private volatile boolean isOver;

  private Probe(Question question) {
    this.work =
        new FutureTask<>(
            () -> {
              while (!isOver) {
                var asked = System.nanoTime();
                var yes = isYes(question);
                keep(new Answer(asked, System.nanoTime(), yes));
                // Who is refused at once would otherwise take the processor from those it watches.
                LockSupport.parkNanos(PACE.toNanos());
              }
              return null;
            });
  }

  static Probe of(String name, Question question) {
    var probe = new Probe(question);
    Thread.ofPlatform().name(name).daemon().start(probe.work);
    return probe;
  }

  private static boolean isYes(Question question) {
    try {
      return question.ask();
    } catch (Exception | AssertionError e) {
      return false; // Refused, or nobody there.
    }
  }

  private synchronized void keep(Answer answer) {
    answers.add(answer);
  }

  /** All so far, in order. */
  synchronized List<Answer> answers() {
    return List.copyOf(answers);
  }

  /** When the last question was asked that was answered with yes. */
  OptionalLong lastYesAsked() {
    return answers().stream().filter(Answer::yes).mapToLong(Answer::asked).reduce((a, b) -> b);
  }

  /** When the first yes was there. */
  OptionalLong firstYesAnswered() {
    return answers().stream().filter(Answer::yes).mapToLong(Answer::answered).findFirst();
  }

  @Override
  public void close() {
    isOver = true;
    try {
      work.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
