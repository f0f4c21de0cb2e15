package io.proffer.agent.masterlink;

import io.proffer.api.internal.FromAgent;
import io.proffer.api.v1.AgentID;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way up of one session: one request at a time, each with all that waits; one whose answer was
 * lost is sent again unchanged. Of one event loop.
 */
final class Uplink {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.agent");
  private static final String RECORDS = "/api/internal/agent/records";
  private static final int FORMAT_VERSION = 1;
  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LAST_RETRY = Duration.ofSeconds(2);

  private final Wire wire;
  private final Masters.Address master;
  private final Envelope envelope;
  private final Consumer<String> end;
  private final Consumer<FromAgent.Record> taken;
  private final int limit;
  private final Outbox outbox;

  private boolean isUnderWay;
  private boolean isPlanned;
  private List<Runnable> whenDrained = new ArrayList<>();
  private boolean over;
  private Duration retry = FIRST_RETRY;

  /** What every batch of a session says. */
  record Envelope(long epoch, String session, AgentID agent) {}

  /**
   * @param end told why, when the session cannot go on
   * @param taken told of each record that the master has taken in
   */
  Uplink(
      Wire wire,
      MasterLink.Limits limits,
      Masters.Address master,
      Envelope envelope,
      Consumer<String> end,
      Consumer<FromAgent.Record> taken) {
    this.wire = wire;
    this.master = master;
    this.envelope = envelope;
    this.end = end;
    this.taken = taken;
    this.limit = limits.queue();
    this.outbox = new Outbox(limits);
  }

  /** Adds a record. What is added in one go leaves together. */
  void add(FromAgent.Record.Builder record) {
    if (over) {
      return;
    }
    if (!outbox.add(record)) {
      end.accept(
          "the master at %s takes no records: %d wait (--master_queue)".formatted(master, limit));
      return;
    }
    plan();
  }

  /** Adds data of an executor, if there is room: best effort by contract. */
  void addMessage(FromAgent.Record.Builder message) {
    if (over) {
      return;
    }
    if (outbox.addMessage(message)) {
      plan();
    } else {
      LOG.debug("Dropped a message of an executor: too much waits for the master");
    }
  }

  private void plan() {
    if (!isPlanned && !isUnderWay) {
      isPlanned = true;
      wire.run(this::post);
    }
  }

  /** Calls once, when nothing waits any more. */
  void whenDrained(Runnable done) {
    if (over || (!isUnderWay && !isPlanned)) {
      done.run();
    } else {
      whenDrained.add(done);
    }
  }

  void close() {
    over = true;
    tellDrained();
  }

  private void tellDrained() {
    var told = whenDrained;
    whenDrained = new ArrayList<>();
    told.forEach(Runnable::run);
  }

  private void post() {
    isPlanned = false;
    if (over || isUnderWay) {
      return;
    }
    var batch = outbox.batch();
    if (batch.isEmpty()) {
      tellDrained();
      return;
    }
    isUnderWay = true;
    var body =
        FromAgent.newBuilder()
            .setFormatVersion(FORMAT_VERSION)
            .setEpoch(envelope.epoch())
            .setSession(envelope.session())
            .setAgentId(envelope.agent())
            .addAllRecords(batch)
            .build();
    wire.post(master, RECORDS, body.toByteArray(), this::answered, ignored -> retry());
  }

  private void answered(Wire.Answer answer) {
    var status = answer.status();
    if (over) {
      return;
    }
    if (status == 200) {
      outbox.taken().forEach(taken);
      isUnderWay = false;
      retry = FIRST_RETRY;
      post();
    } else if (status == 409) {
      end.accept("the master at %s ended the session: %s".formatted(master, answer.text()));
    } else if (status >= 500) {
      retry();
    } else {
      end.accept(
          "the master at %s refused this agent's records: %d %s"
              .formatted(master, status, answer.text()));
    }
  }

  /** The stream down tells when the master is gone; until then the batch is sent again. */
  private void retry() {
    if (over) {
      return;
    }
    wire.after(
        retry,
        () -> {
          isUnderWay = false;
          post();
        });
    var twice = retry.multipliedBy(2);
    retry = twice.compareTo(LAST_RETRY) < 0 ? twice : LAST_RETRY;
  }
}
