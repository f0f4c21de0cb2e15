package io.proffer.e2e.simulation;

import io.proffer.kernel.Frame;
import io.proffer.kernel.Moment;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.effect.Effect;
import io.proffer.master.core.effect.ToAgent;
import io.proffer.master.core.effect.ToFramework;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.event.FrameworkEvent;
import io.proffer.master.registry.Recovered;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Looks at all that masters decide and let out. */
final class MasterWatch implements Watched.Watcher<Command, Event, Effect> {
  private final World world;
  private final Truth truth;
  private final Optional<Duration> offerTimeout;
  private final String host;
  private final Optional<Reigns> reigns;
  private final Set<Class<?>> lived = new HashSet<>();
  private Books books;
  private Refusals refusals;
  private TaskLives tasks;
  private Forgotten forgotten;

  /** Of a master without others. */
  MasterWatch(World world, Truth truth, Optional<Duration> offerTimeout) {
    this(world, truth, offerTimeout, SimMaster.HOST, Optional.empty());
  }

  /**
   * @param reigns where there are several masters
   */
  MasterWatch(
      World world,
      Truth truth,
      Optional<Duration> offerTimeout,
      String host,
      Optional<Reigns> reigns) {
    this.world = world;
    this.host = host;
    this.reigns = reigns;
    this.offerTimeout = offerTimeout;
    this.truth = truth;
    began(null);
  }

  /** A master starts, knowing only what its registry held. */
  void began(Recovered recovered) {
    books = new Books(world, offerTimeout);
    refusals = new Refusals(world);
    tasks = new TaskLives(world);
    forgotten = new Forgotten();
  }

  /** The books of the master of now. */
  Books books() {
    return books;
  }

  /** The kinds of events there were. */
  Set<Class<?>> lived() {
    return lived;
  }

  @Override
  public void decided(Command command, Moment moment, Frame<Event, Effect> frame) {
    if (!frame.isEmpty()) {
      world.trace().add(world.monotonicNanos(), host, new Seen(command, frame));
    }
    reigns.ifPresent(it -> it.decided(frame));
    for (var event : frame.events()) {
      lived.add(event.getClass());
      checkThatNobodyReturns(event);
      forgotten.follow(event);
      books.follow(event);
      refusals.follow(event);
      tasks.follow(event);
      if (event instanceof FrameworkEvent.Removed(var id, var info, var at)) {
        truth.left(id.value());
      }
    }
    books.checkBetweenFrames();
  }

  /** Only another master may have forgotten that it removed a framework. */
  private void checkThatNobodyReturns(Event event) {
    if (event instanceof FrameworkEvent.Added(var framework)
        && forgotten.has(Forgotten.framework(framework.id().value()))) {
      throw world.broken("%s removed a framework, and adds it: %s".formatted(host, framework));
    }
  }

  /** What is built on a fact may not leave before the fact is on the disk. */
  void leaving(List<Effect> effects, Predicate<String> held) {
    for (var effect : effects) {
      switch (effect) {
        case ToAgent.Registered registered ->
            require(Forgotten.agent(registered.agent().value()), held, registered);
        case ToFramework.Subscribed subscribed ->
            require(Forgotten.framework(subscribed.framework().value()), held, subscribed);
        default -> {}
      }
    }
    reigns.ifPresent(it -> it.leaving(effects));
  }

  /** The loop ended: a full disk may do that, or the end of a lease, nothing else. */
  void failed(Throwable cause) {
    if (!(cause instanceof io.proffer.kernel.StoreException)
        && !(cause instanceof SimCandidate.Deposed)) {
      throw world.broken("the master's loop ended", cause);
    }
    world.trace().add(world.monotonicNanos(), host, cause);
  }

  private void require(String key, Predicate<String> held, Effect effect) {
    if (!held.test(key) && !forgotten.has(key)) {
      throw world.broken("left before it was stored: " + effect);
    }
  }

  /** A command and what came of it, worded only when somebody reads it. */
  record Seen(Object command, Frame<?, ?> frame) {
    @Override
    public String toString() {
      return command + " => " + frame.events() + " >> " + frame.effects();
    }
  }
}
