package io.proffer.master.agentlink;

import io.proffer.api.auth.Authorizer;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Calls;
import io.proffer.api.http.Connections;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.MediaType;
import io.proffer.api.http.RecordStream;
import io.proffer.api.internal.FromAgent;
import io.proffer.api.internal.Subscribe;
import io.proffer.master.core.command.AgentCommand;
import io.proffer.master.core.command.Command;
import io.proffer.master.core.effect.ToAgent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Opens sessions with agents, and writes what the core has for them. */
public final class AgentLink implements Consumer<List<ToAgent>> {
  static final int FORMAT = 1;

  private final LinkSettings settings;
  private final Predicate<Command> offer;
  private final Consumer<Command> insist;
  private final Sessions sessions = new Sessions();
  private final AgentRecords records;
  private final Authorizer authorizer;

  /**
   * @param offer hands a command to the loop; false when it is full
   * @param insist hands over a command that may not get lost
   * @param authorizer says which agents may come
   */
  public AgentLink(
      LinkSettings settings,
      Predicate<Command> offer,
      Consumer<Command> insist,
      Authorizer authorizer) {
    this.settings = settings;
    this.offer = offer;
    this.insist = insist;
    this.authorizer = authorizer;
    this.records = new AgentRecords(settings.epoch(), sessions, offer);
  }

  /** POST /api/internal/agent/subscribe. */
  public void subscribe(Exchange exchange) {
    Calls.read(
        exchange, Subscribe.getDefaultInstance(), (message, type) -> subscribe(exchange, message));
  }

  /** POST /api/internal/agent/records. */
  public void records(Exchange exchange) {
    Calls.read(
        exchange, FromAgent.getDefaultInstance(), (batch, type) -> records.take(exchange, batch));
  }

  /** Ends every session: its master leads no longer, and the agent is to look for who does. */
  public void endAll() {
    sessions.streams().forEach(RecordStream::end);
  }

  /** How many sessions are open. */
  public int open() {
    return sessions.size();
  }

  /** How much the streams of all sessions hold now. */
  public Connections.Load load() {
    return Connections.Load.of(sessions.streams());
  }

  /** Takes a batch of effects, and returns at once. */
  @Override
  public void accept(List<ToAgent> effects) {
    var bySession = new LinkedHashMap<String, List<ToAgent>>();
    for (var effect : effects) {
      bySession.computeIfAbsent(effect.session(), id -> new ArrayList<>()).add(effect);
    }
    bySession.forEach(
        (id, batch) ->
            sessions
                .find(id)
                .ifPresent(
                    session ->
                        session.stream().onLoop(() -> batch.forEach(one -> say(session, one)))));
  }

  /** What an agent is told that speaks another version of the protocol, and who is behind. */
  static String otherFormat(int format) {
    return "This master speaks version %d of the agent protocol, and the agent version %d: update %s"
        .formatted(
            FORMAT, format, format > FORMAT ? "the masters first, then the agents" : "the agent");
  }

  private void subscribe(Exchange exchange, Subscribe message) {
    if (message.getFormatVersion() != FORMAT) {
      exchange.answer(Answer.text(409, otherFormat(message.getFormatVersion())));
      return;
    }
    if (message.getLastEpoch() > settings.epoch()) {
      exchange.answer(
          Answer.text(
              409,
              "This master is of epoch %d, and the agent has followed epoch %d: another master leads"
                  .formatted(settings.epoch(), message.getLastEpoch())));
      return;
    }
    var refused =
        AgentRights.refusal(
                authorizer.rights(exchange.principal()), message.getAgentInfo().getResourcesList())
            .or(() -> settings.refusal(message.getAgentInfo()));
    if (refused.isPresent()) {
      exchange.answer(Answer.text(403, refused.get()));
      return;
    }
    var stream = exchange.stream(message.getSession(), MediaType.PROTOBUF, List.of());
    var session = new Session(message.getSession(), settings.epoch(), stream);
    if (!sessions.add(session)) {
      exchange.answer(
          Answer.text(409, "The session " + message.getSession() + " is open: choose a new one"));
      return;
    }
    if (!offer.test(AgentCommands.subscribe(message, settings.epoch()))) {
      sessions.remove(session);
      exchange.answer(
          Answer.unavailable("The master has too many calls waiting: subscribe again later", 1));
      return;
    }
    stream.every(settings.pingTimeout(), () -> ping(session));
    stream.onClose(cause -> ended(session));
  }

  private void ended(Session session) {
    sessions.remove(session);
    insist.accept(new AgentCommand.SessionEnded(session.id()));
  }

  private void ping(Session session) {
    var agent = session.agent();
    if (agent.isEmpty()) {
      return;
    }
    if (session.pingedInVain(settings.maxPingTimeouts())) {
      insist.accept(new AgentCommand.Silent(agent.get(), session.id()));
    }
    session.send(AgentWords::ping);
  }

  private void say(Session session, ToAgent effect) {
    switch (effect) {
      case ToAgent.Registered registered -> {
        session.registered(registered.agent());
        session.send(record -> AgentWords.registered(record, registered, settings));
      }
      case ToAgent.Shutdown shutdown -> {
        session.send(record -> AgentWords.shutdown(record, shutdown));
        session.stream().end();
      }
      case ToAgent.Close close -> session.stream().end();
      case ToAgent.RunTask run -> session.send(record -> AgentWords.run(record, run));
      case ToAgent.KillTask kill -> session.send(record -> AgentWords.kill(record, kill));
      case ToAgent.Drain drain -> session.send(record -> AgentWords.drain(record, drain));
      case ToAgent.ShutdownExecutor shutdown ->
          session.send(record -> AgentWords.shutdownExecutor(record, shutdown));
      case ToAgent.ShutdownFramework shutdown ->
          session.send(record -> AgentWords.shutdownFramework(record, shutdown));
      case ToAgent.UpdateFramework update ->
          session.send(record -> AgentWords.updateFramework(record, update));
      case ToAgent.Message message -> session.send(record -> AgentWords.message(record, message));
      case ToAgent.Acknowledge acknowledge ->
          session.send(record -> AgentWords.acknowledge(record, acknowledge));
      case ToAgent.ReconcileTasks reconcile ->
          session.send(record -> AgentWords.reconcile(record, reconcile));
    }
  }
}
