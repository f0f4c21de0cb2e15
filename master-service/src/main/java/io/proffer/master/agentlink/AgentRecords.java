package io.proffer.master.agentlink;

import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.MediaType;
import io.proffer.api.internal.Accepted;
import io.proffer.api.internal.FromAgent;
import io.proffer.master.core.command.Command;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes in what agents send: each record once, in order, even when a batch comes twice or the loop
 * had no room for the rest of it.
 */
final class AgentRecords {
  private final long epoch;
  private final Sessions sessions;
  private final Predicate<Command> offer;

  AgentRecords(long epoch, Sessions sessions, Predicate<Command> offer) {
    this.epoch = epoch;
    this.sessions = sessions;
    this.offer = offer;
  }

  void take(Exchange exchange, FromAgent batch) {
    var session = sessions.find(batch.getSession());
    var over = session.isEmpty() ? Optional.of(unknown(batch)) : refusal(session.get(), batch);
    if (over.isPresent()) {
      exchange.answer(Answer.text(409, over.get()));
      return;
    }
    // One batch of a session at a time, should an agent not keep to that.
    synchronized (session.get()) {
      take(exchange, session.get(), batch);
    }
  }

  private void take(Exchange exchange, Session session, FromAgent batch) {
    session.heard();
    for (var record : batch.getRecordsList()) {
      if (!session.isNext(record.getSequence())) {
        continue;
      }
      if (record.getSequence() != session.through() + 1) {
        exchange.answer(
            Answer.text(
                409,
                "Expecting record %d of the session, but received %d: subscribe anew"
                    .formatted(session.through() + 1, record.getSequence())));
        session.stream().end();
        return;
      }
      var command = AgentCommands.of(record, session.agent().orElseThrow(), session.id());
      if (command.isPresent() && !offer.test(command.get())) {
        exchange.answer(
            Answer.unavailable("The master has too many calls waiting: send it again later", 1));
        return;
      }
      session.took(record.getSequence());
    }
    var accepted = Accepted.newBuilder().setThrough(session.through()).build();
    exchange.answer(Answer.of(200, MediaType.PROTOBUF.text(), accepted.toByteArray()));
  }

  private Optional<String> refusal(Session session, FromAgent batch) {
    if (batch.getFormatVersion() != AgentLink.FORMAT) {
      return Optional.of(AgentLink.otherFormat(batch.getFormatVersion()));
    }
    if (batch.getEpoch() != epoch) {
      return Optional.of(
          "This master is of epoch %d, and the records are for epoch %d: subscribe anew"
              .formatted(epoch, batch.getEpoch()));
    }
    var agent = session.agent();
    if (agent.isEmpty() || !agent.get().value().equals(batch.getAgentId().getValue())) {
      return Optional.of(
          "The session %s is not of agent %s: subscribe anew"
              .formatted(batch.getSession(), batch.getAgentId().getValue()));
    }
    return Optional.empty();
  }

  private static String unknown(FromAgent batch) {
    return "The session " + batch.getSession() + " is over: subscribe anew";
  }
}
