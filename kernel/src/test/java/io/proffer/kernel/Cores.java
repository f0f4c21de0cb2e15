package io.proffer.kernel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Small cores, clocks and journals that tests can hold in their hand. */
final class Cores {
  private Cores() {}

  /** A core whose commands name what they leave: "durable x", "effect x", "nothing", "throw". */
  static final class Echo implements Core<String, String, String> {
    final List<String> handled = new ArrayList<>();
    final List<Moment> moments = new ArrayList<>();
    OptionalLong deadline = OptionalLong.empty();
    Runnable onTick = () -> deadline = OptionalLong.empty();

    @Override
    public Frame<String, String> handle(String command, Moment moment) {
      handled.add(command);
      moments.add(moment);
      if (command.equals("tick")) {
        onTick.run();
      }
      if (command.startsWith("throw")) {
        throw new IllegalStateException("the core broke");
      }
      if (command.startsWith("durable")) {
        return new Frame<>(List.of(command), List.of("sent " + command));
      }
      if (command.startsWith("effect")) {
        return new Frame<>(List.of(), List.of("sent " + command));
      }
      return new Frame<>(List.of(), List.of());
    }

    @Override
    public OptionalLong nextDeadlineNanos() {
      return deadline;
    }
  }

  /** Stands still until told. */
  static final class HandClock implements Clock {
    private long nanos;

    @Override
    public long monotonicNanos() {
      return nanos;
    }

    @Override
    public Instant wall() {
      return Instant.EPOCH.plusNanos(nanos);
    }

    void forward(Duration time) {
      nanos += time.toNanos();
    }
  }

  /** Completes its writes when the test says so. */
  static final class HandJournal implements Journal<Write> {
    final List<List<Write>> batches = new ArrayList<>();
    private final ArrayDeque<CompletableFuture<Void>> open = new ArrayDeque<>();

    @Override
    public List<Write> load() {
      return List.of();
    }

    @Override
    public synchronized CompletionStage<Void> append(List<Write> batch) {
      batches.add(batch);
      var stage = new CompletableFuture<Void>();
      open.add(stage);
      return stage;
    }

    synchronized void succeed() {
      open.remove().complete(null);
    }

    void fail() {
      fail(new IllegalStateException("no space left"));
    }

    synchronized void fail(RuntimeException why) {
      open.remove().completeExceptionally(why);
    }

    synchronized List<List<String>> keys() {
      return batches.stream().map(b -> b.stream().map(Write::key).toList()).toList();
    }

    @Override
    public CompletionStage<Void> compact() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }

  /** Events that say "durable" are written under their own name. */
  static List<Write> durable(String event) {
    return event.startsWith("durable")
        ? List.of(Write.put(event, event.getBytes(StandardCharsets.UTF_8)))
        : List.of();
  }
}
