package io.proffer.agent.masterlink;

import io.proffer.agent.core.command.MasterCommand;
import io.proffer.agent.core.effect.ToMaster;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Carries out what the core wants of its master: opens sessions, one at a time, and hands records
 * over. All of it happens on one event loop.
 */
public final class MasterLink {
  private final Vertx vertx;
  private final Context context;
  private final HttpClient client;
  private final Masters masters;
  private final Limits limits;
  private final Predicate<? super MasterCommand> commands;
  private Optional<Session> current = Optional.empty();

  /**
   * How much a link bears.
   *
   * @param queue records that may wait for the master; one more ends the session
   * @param batch records that one request carries
   * @param maxRecordBytes the largest record accepted
   * @param registration how long a master may take to accept the agent
   */
  public record Limits(int queue, int batch, int maxRecordBytes, Duration registration) {}

  /**
   * @param commands takes a command without blocking; false when there is no room, and then it is
   *     offered again
   */
  public MasterLink(
      Vertx vertx, Masters masters, Limits limits, Predicate<? super MasterCommand> commands) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.masters = masters;
    this.limits = limits;
    this.commands = commands;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(limits.registration().toMillis()))
                .setTcpNoDelay(true));
  }

  /** Takes effects from any thread, in order. */
  public void accept(List<ToMaster> effects) {
    context.runOnContext(ignored -> effects.forEach(this::take));
  }

  /** Done when the master has taken in all that waits, or the session has ended. */
  public Future<Void> drained() {
    var promise = Promise.<Void>promise();
    context.runOnContext(
        ignored ->
            current.ifPresentOrElse(
                session -> session.drained().onComplete(promise), promise::complete));
    return promise.future();
  }

  /** Ends the session without a word to the core. */
  public void close() {
    context.runOnContext(
        ignored -> {
          current.ifPresent(Session::close);
          client.close();
        });
  }

  private void take(ToMaster effect) {
    if (effect instanceof ToMaster.Open open) {
      current.ifPresent(Session::close);
      var session =
          new Session(vertx, context, client, limits, open.session(), new Inlet(vertx, commands));
      current = Optional.of(session);
      open(session, open);
      return;
    }
    current
        .filter(session -> session.id().equals(effect.session()))
        .ifPresent(session -> session.send(effect));
  }

  private void open(Session session, ToMaster.Open open) {
    vertx
        .executeBlocking(() -> masters.at(open.attempt()))
        .onSuccess(address -> session.open(address, open.subscribe()))
        .onFailure(cause -> session.end("cannot tell who the master is: " + cause.getMessage()));
  }
}
