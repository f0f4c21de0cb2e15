package io.proffer.agent.masterlink;

import io.proffer.agent.core.command.Command;
import io.proffer.agent.core.command.LeaderCommand;
import io.proffer.agent.core.effect.ToMaster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Carries out what the core wants of its master: opens sessions, one at a time, and hands records
 * over; a session with a master that leads no longer is ended. All of it happens on one event loop.
 */
public final class MasterLink {
  private static final Duration RETRY = Duration.ofMillis(5);

  private final Wire wire;
  private final Masters masters;
  private final Limits limits;
  private final Predicate<? super Command> commands;
  private Optional<Session> current = Optional.empty();
  private Optional<LeaderCommand> untold = Optional.empty();

  /**
   * How much a link bears.
   *
   * @param queue records that may wait for the master; one more ends the session
   * @param batch records that one request carries
   * @param batchBytes after so many a request carries no further record
   * @param messageBytes data of executors that may wait for the master; more are dropped
   * @param maxRecordBytes the largest record accepted
   * @param registration how long a master may take to accept the agent
   */
  public record Limits(
      int queue,
      int batch,
      long batchBytes,
      long messageBytes,
      int maxRecordBytes,
      Duration registration) {}

  /**
   * @param commands takes a command without blocking; false when there is no room, and then it is
   *     offered again
   */
  public MasterLink(
      Wire wire, Masters masters, Limits limits, Predicate<? super Command> commands) {
    this.wire = wire;
    this.masters = masters;
    this.limits = limits;
    this.commands = commands;
    masters.onChange(sight -> wire.run(() -> changed(sight)));
  }

  /** Takes effects from any thread, in order. */
  public void accept(List<ToMaster> effects) {
    wire.run(() -> effects.forEach(this::take));
  }

  /** Done when the master has taken in all that waits, or the session has ended. */
  public CompletableFuture<Void> drained() {
    var done = new CompletableFuture<Void>();
    wire.run(
        () ->
            current.ifPresentOrElse(
                session -> session.whenDrained(() -> done.complete(null)),
                () -> done.complete(null)));
    return done;
  }

  /** Ends the session without a word to the core. */
  public void close() {
    masters.close();
    wire.run(
        () -> {
          untold = Optional.empty();
          current.ifPresent(Session::close);
          wire.close();
        });
  }

  private void take(ToMaster effect) {
    if (effect instanceof ToMaster.Open open) {
      current.ifPresent(Session::close);
      var session = new Session(wire, limits, open.session(), new Inlet(wire, commands));
      current = Optional.of(session);
      open(session, open);
      return;
    }
    current
        .filter(session -> session.id().equals(effect.session()))
        .ifPresent(session -> session.send(effect));
  }

  private void open(Session session, ToMaster.Open open) {
    wire.aside(
        () -> masters.at(open.attempt()),
        choice -> {
          if (masters.isOutdated(choice)) {
            session.end("the master at %s leads no longer".formatted(choice.address()));
          } else {
            session.open(choice, open.subscribe());
          }
        },
        cause -> session.end("cannot tell who the master is: " + cause.getMessage()));
  }

  /** The session goes first: the core hears of its end, and then where to turn. */
  private void changed(Sight sight) {
    current.filter(session -> session.isOutdatedBy(sight)).ifPresent(it -> it.end(sight.why()));
    untold = sight.leader().map(leader -> new LeaderCommand.Sighted(leader.authority()));
    tell();
  }

  private void tell() {
    if (untold.isPresent() && !commands.test(untold.get())) {
      wire.after(RETRY, this::tell);
    } else {
      untold = Optional.empty();
    }
  }
}
