package io.proffer.agent.core.state;

import io.proffer.agent.core.effect.Effect;
import io.proffer.agent.core.event.Event;
import io.proffer.kernel.Frame;
import io.proffer.kernel.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One command's turn: what a rule reads, emits and sends. */
public final class Turn {
  /** Nanoseconds since 1970 in 64 bits end in 2262. */
  private static final Duration FAR = Duration.ofDays(200 * 365);

  private final AgentState state;
  private final Moment moment;
  private final List<Event> events = new ArrayList<>();
  private final List<Effect> effects = new ArrayList<>();
  private long choices;

  public Turn(AgentState state, Moment moment) {
    this.state = state;
    this.moment = moment;
  }

  /** The tables, as this turn has made them so far. */
  public AgentState state() {
    return state;
  }

  /** When this turn is. */
  public Moment moment() {
    return moment;
  }

  /** Makes an event true. */
  public void emit(Event event) {
    state.apply(event);
    events.add(event);
  }

  /** Has something done once the events are durable. */
  public void send(Effect effect) {
    effects.add(effect);
  }

  /** The instant after this much time, in monotonic nanoseconds; far away stays far away. */
  public long after(Duration wait) {
    return after(moment.monotonicNanos(), wait);
  }

  /** The wall time after this much time; far away is two centuries. */
  public Instant wallAfter(Duration wait) {
    return moment.wall().plus(wait.compareTo(FAR) > 0 ? FAR : wait);
  }

  /** {@code wait} after {@code fromNanos}, without overflow. */
  public static long after(long fromNanos, Duration wait) {
    var limit = Duration.ofNanos(Long.MAX_VALUE / 2);
    var nanos = (wait.compareTo(limit) > 0 ? limit : wait).toNanos();
    return fromNanos > Long.MAX_VALUE - nanos ? Long.MAX_VALUE : fromNanos + nanos;
  }

  /** A time from nothing to {@code bound}, drawn from the turn's seed; each call draws anew. */
  public Duration within(Duration bound) {
    var drawn = mix(moment.seed() + ++choices * 0x9E3779B97F4A7C15L) >>> 1;
    return Duration.ofNanos(drawn % (Math.max(0, bound.toNanos()) + 1));
  }

  /** Spreads a number over all 64 bits. */
  private static long mix(long number) {
    var once = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
    var twice = (once ^ (once >>> 27)) * 0x94D049BB133111EBL;
    return twice ^ (twice >>> 31);
  }

  /** Wall time in seconds since 1970, as status updates carry it. */
  public double timestamp() {
    var wall = moment.wall();
    return wall.getEpochSecond() + wall.getNano() / 1e9;
  }

  /** Takes the soonest deadline away, if it is due; its rule sets another one if it needs one. */
  public Optional<Due> takeDue() {
    var due = state.deadlines.due(moment.monotonicNanos());
    due.ifPresent(state.deadlines::clear);
    return due;
  }

  /** Lets a deadline pass once more, after this much time. */
  public void putOff(Due due, Duration wait) {
    state.deadlines.set(due, after(wait));
  }

  /** What this turn left behind. */
  public Frame<Event, Effect> frame() {
    return new Frame<>(events, effects);
  }
}
