package io.proffer.api.metrics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** How many turns there were of each kind of command, how long they took, and waited. */
public final class TurnTimes {
  /** Turns longer than this keep everybody else waiting for too long. */
  private static final Duration LONG = Duration.ofMillis(20);

  private static final int DECIMALS = 6;
  private static final double NANOS_OF_MS = 1e6;

  private record Turns(String command, Spans times, Spans whole, Tally tooLong) {}

  private final ConcurrentHashMap<Class<?>, Turns> byKind = new ConcurrentHashMap<>();
  private final Metric metric;
  private final Metric whole;
  private final Metric longTurns;
  private final String base;
  private final Function<Class<?>, String> words;
  private final LongSupplier nanos;

  /**
   * @param service begins the names for Prometheus, as {@code proffer_master}
   * @param base begins the names of the flat form, as {@code master/turns/}
   * @param words names a kind of command; no two the same
   * @param nanos monotonic nanoseconds now
   */
  public TurnTimes(
      String service, String base, Function<Class<?>, String> words, LongSupplier nanos) {
    this.metric =
        Metric.histogram(
            service + "_turn_seconds", "Time of the core's turns, by command.", "command");
    this.whole =
        Metric.histogram(
            service + "_command_seconds",
            "Time from a command's arrival at the core until its turn was over, by command.",
            "command");
    this.longTurns =
        Metric.counter(
            service + "_long_turns_total", "Turns of more than 20 ms, by command.", "command");
    this.base = base;
    this.words = words;
    this.nanos = nanos;
  }

  /**
   * Takes in a turn. Of the loop's thread.
   *
   * @param took nanoseconds
   * @param waited nanoseconds before
   */
  public void turned(Class<?> kind, long took, long waited) {
    var turns =
        byKind.computeIfAbsent(
            kind, k -> new Turns(words.apply(k), new Spans(nanos), new Spans(nanos), new Tally()));
    turns.times().record(took);
    turns.whole().record(waited + took);
    if (took > LONG.toNanos()) {
      turns.tooLong().increment();
    }
  }

  /** How many commands of this kind had their turn. */
  public long count(Class<?> kind) {
    var turns = byKind.get(kind);
    return turns == null ? 0 : turns.times().read().count();
  }

  /** Tells them. */
  public void addTo(Figures figures) {
    byKind.forEach((kind, turns) -> add(turns, figures));
  }

  private void add(Turns turns, Figures figures) {
    var reading = turns.times().read();
    figures.add(metric, reading, turns.command());
    var name = base + turns.command() + "/";
    figures.name(name + "count", reading.count());
    figures.add(
        name + "over_%d_ms".formatted(LONG.toMillis()),
        longTurns,
        turns.tooLong().get(),
        turns.command());
    figures.name(name + "max_ms", milliseconds(reading.max()));
    figures.name(name + "p50_ms", quantile(reading, 0.5));
    figures.name(name + "p99_ms", quantile(reading, 0.99));
    figures.name(name + "p999_ms", quantile(reading, 0.999));
    var whole = turns.whole().read();
    figures.add(this.whole, whole, turns.command());
    figures.name(name + "with_wait_p50_ms", quantile(whole, 0.5));
    figures.name(name + "with_wait_p99_ms", quantile(whole, 0.99));
  }

  private static double quantile(Reading reading, double share) {
    return milliseconds(reading.quantile(share));
  }

  private static double milliseconds(long nanos) {
    return BigDecimal.valueOf(nanos / NANOS_OF_MS)
        .setScale(DECIMALS, RoundingMode.HALF_UP)
        .doubleValue();
  }
}
