package io.proffer.cli.bench.framework;

import io.proffer.api.http.MediaType;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.Resource;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/** All schedulers of a run. Its methods may be called from any thread. */
public final class Crowd {
  /**
   * What each scheduler does.
   *
   * @param need of one task
   * @param command of each task
   * @param concurrency tasks each keeps in flight
   * @param batch tasks of one ACCEPT at most
   * @param connections that carry the calls of each
   * @param untilFinished true when a task is done when it has finished; false when it runs
   */
  public record Plan(
      String host,
      int port,
      MediaType format,
      List<Resource> need,
      CommandInfo command,
      int concurrency,
      int batch,
      int connections,
      boolean untilFinished) {}

  private final List<Scheduler> schedulers = new ArrayList<>();
  private final AtomicInteger subscribed = new AtomicInteger();
  private final AtomicReference<CompletableFuture<Void>> all =
      new AtomicReference<>(new CompletableFuture<>());
  private final AtomicReference<CompletableFuture<Void>> offered =
      new AtomicReference<>(new CompletableFuture<>());

  public Crowd(List<Context> loops, int frameworks, Plan plan, Progress progress) {
    for (int i = 0; i < frameworks; i++) {
      schedulers.add(new Scheduler(loops.get(i % loops.size()), i, plan, progress));
    }
  }

  /** Subscribes all of them; done when each is subscribed. They begin to launch at once. */
  public CompletableFuture<Void> start() {
    schedulers.forEach(scheduler -> scheduler.open(new Count()));
    return all.get();
  }

  /** Has all of them subscribe at another master, which leads now. */
  public void turnTo(String host, int port) {
    schedulers.forEach(scheduler -> scheduler.turnTo(host, port));
  }

  /** Done when, after {@link #comeBack}, one that is subscribed once more has an offer. */
  public CompletableFuture<Void> nextOffer() {
    var offer = new CompletableFuture<Void>();
    offered.set(offer);
    return offer;
  }

  /** Done when each has subscribed once more. */
  public CompletableFuture<Void> comeBack() {
    var returned = new CompletableFuture<Void>();
    subscribed.set(0);
    all.set(returned);
    return returned;
  }

  /** Forgets the times measured so far. */
  public void measureFromNow() {
    schedulers.forEach(Scheduler::measureFromNow);
  }

  /** Asks the master for the state of all tasks; the progress counts the answers. */
  public void recount() {
    schedulers.forEach(Scheduler::recount);
  }

  /** Bytes of a TaskInfo as the master gets it. */
  public int taskBytes() {
    return schedulers.getFirst().taskBytes();
  }

  /** From ACCEPT sent to TASK_RUNNING received. For when all is over. */
  public Samples.Sorted untilRunning() {
    return Samples.sorted(schedulers.stream().map(Scheduler::untilRunning).toList());
  }

  /** Has all of them give their offers back; done when the master has taken that. */
  public CompletableFuture<Void> retire() {
    return all(Scheduler::retire);
  }

  /** Ends all frameworks; done when the master has taken that. */
  public CompletableFuture<Void> teardown() {
    return all(Scheduler::teardown);
  }

  private CompletableFuture<Void> all(BiConsumer<Scheduler, Runnable> what) {
    var ends = new ArrayList<CompletableFuture<Void>>();
    for (var scheduler : schedulers) {
      var end = new CompletableFuture<Void>();
      ends.add(end);
      what.accept(scheduler, () -> end.complete(null));
    }
    return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
  }

  private final class Count implements Scheduler.Watcher {
    @Override
    public void subscribed() {
      if (subscribed.incrementAndGet() == schedulers.size()) {
        all.get().complete(null);
      }
    }

    @Override
    public void offered() {
      // One of before is no sign of who leads now.
      if (subscribed.get() > 0) {
        offered.get().complete(null);
      }
    }
  }
}
