package io.proffer.cli.bench.agent;

import io.proffer.api.internal.FromAgent;
import io.proffer.api.v1.AgentID;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The way up of one session: one request at a time, each with all that waits. */
final class Uplink {
  private static final int FORMAT_VERSION = 1;
  private static final int BATCH = 1000;
  private static final long FIRST_RETRY_MS = 100;
  private static final long LAST_RETRY_MS = 2000;

  private final Lane lane;
  private final long epoch;
  private final String session;
  private final AgentID agent;
  private final Consumer<String> end;
  private final ArrayDeque<FromAgent.Record.Builder> waiting = new ArrayDeque<>();

  private List<FromAgent.Record> batch = List.of();
  private long sequence;
  private long retryMs = FIRST_RETRY_MS;
  private boolean busy;
  private boolean over;

  /**
   * @param end told why, when the session cannot go on
   */
  Uplink(Lane lane, long epoch, String session, AgentID agent, Consumer<String> end) {
    this.lane = lane;
    this.epoch = epoch;
    this.session = session;
    this.agent = agent;
    this.end = end;
  }

  /** Adds a record. What is added in one go leaves together. */
  void add(FromAgent.Record.Builder record) {
    if (over) {
      return;
    }
    waiting.add(record);
    if (!busy) {
      busy = true;
      lane.soon(this::post);
    }
  }

  void close() {
    over = true;
  }

  private void post() {
    if (over) {
      return;
    }
    if (batch.isEmpty()) {
      batch = next();
    }
    if (batch.isEmpty()) {
      busy = false;
      return;
    }
    var body =
        FromAgent.newBuilder()
            .setFormatVersion(FORMAT_VERSION)
            .setEpoch(epoch)
            .setSession(session)
            .setAgentId(agent)
            .addAllRecords(batch)
            .build();
    lane.post(body.toByteArray()).onSuccess(this::answered).onFailure(ignored -> retry());
  }

  private List<FromAgent.Record> next() {
    var records = new ArrayList<FromAgent.Record>(Math.min(BATCH, waiting.size()));
    while (!waiting.isEmpty() && records.size() < BATCH) {
      records.add(waiting.poll().setSequence(++sequence).build());
    }
    return records;
  }

  private void answered(Lane.Answer answer) {
    if (over) {
      return;
    }
    if (answer.status() == 200) {
      batch = List.of();
      retryMs = FIRST_RETRY_MS;
      post();
    } else if (answer.status() >= 500) {
      retry();
    } else {
      end.accept("records refused: " + answer.status() + " " + answer.text());
    }
  }

  /** The stream down tells when the master is gone; until then the batch is sent again. */
  private void retry() {
    if (!over) {
      lane.later(retryMs, this::post);
      retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
    }
  }
}
