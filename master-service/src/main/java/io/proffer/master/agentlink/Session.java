package io.proffer.master.agentlink;

import io.proffer.api.http.RecordStream;
import io.proffer.api.id.AgentId;
import io.proffer.api.internal.ToAgent;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One agent's open session: the stream down to it, and how far what comes up has been taken in.
 * Going down is the work of the stream's event loop; the rest is guarded by the session.
 */
final class Session {
  private final String id;
  private final long epoch;
  private final RecordStream stream;

  /** Of the event loop. */
  private long sent;

  private Optional<AgentId> agent = Optional.empty();
  private long through;
  private int unanswered;

  Session(String id, long epoch, RecordStream stream) {
    this.id = id;
    this.epoch = epoch;
    this.stream = stream;
  }

  String id() {
    return id;
  }

  RecordStream stream() {
    return stream;
  }

  /** Sends a record, numbered, on the stream's event loop. */
  void send(Consumer<ToAgent.Builder> body) {
    var record = ToAgent.newBuilder().setEpoch(epoch).setSession(id).setSequence(++sent);
    body.accept(record);
    stream.write(record.build().toByteArray());
  }

  /** The core accepted the session as this agent's. */
  synchronized void registered(AgentId accepted) {
    agent = Optional.of(accepted);
  }

  synchronized Optional<AgentId> agent() {
    return agent;
  }

  /** The highest sequence number taken in. */
  synchronized long through() {
    return through;
  }

  /** True when the record is the next one; false when it was taken in before. */
  synchronized boolean isNext(long sequence) {
    return sequence > through;
  }

  synchronized void took(long sequence) {
    through = sequence;
  }

  /** The agent was heard of. */
  synchronized void heard() {
    unanswered = 0;
  }

  /** Counts a ping that goes out; true when too many before it were not answered. */
  synchronized boolean pingedInVain(int max) {
    if (unanswered >= max) {
      return true;
    }
    unanswered++;
    return false;
  }
}
