package io.proffer.agent.masterlink;

import com.google.protobuf.ByteString;
import io.proffer.api.internal.FromAgent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The records of one session that the master has not taken in, in order. What was handed out as a
 * batch stays until it is taken in, so that it can be sent again unchanged.
 */
final class Outbox {
  private final int limit;
  private final int batchLimit;
  private final LinkedHashMap<ByteString, FromAgent.Record.Builder> waiting = new LinkedHashMap<>();
  private List<FromAgent.Record> batch = List.of();
  private long sequence;
  private long others;

  /**
   * @param limit how many records may wait
   * @param batchLimit how many records one batch carries
   */
  Outbox(int limit, int batchLimit) {
    this.limit = limit;
    this.batchLimit = batchLimit;
  }

  /**
   * Adds a record; false when the box is full. An update that waits already keeps its place and
   * takes no other; of its task the newest state is told.
   */
  boolean add(FromAgent.Record.Builder record) {
    var key = key(record);
    if (!waiting.containsKey(key) && waiting.size() + batch.size() >= limit) {
      return false;
    }
    waiting.put(key, record);
    return true;
  }

  /** The batch to send: the one that was not taken in, else all that waits; empty for nothing. */
  List<FromAgent.Record> batch() {
    if (batch.isEmpty()) {
      var next = new ArrayList<FromAgent.Record>();
      var records = waiting.values().iterator();
      while (records.hasNext() && next.size() < batchLimit) {
        next.add(records.next().setSequence(++sequence).build());
        records.remove();
      }
      batch = List.copyOf(next);
    }
    return batch;
  }

  /** The master has the batch. */
  void taken() {
    batch = List.of();
  }

  /** An update is known by its uuid; everything else is a record of its own. */
  private ByteString key(FromAgent.Record.Builder record) {
    return record.hasUpdate()
        ? record.getUpdate().getStatus().getUuid()
        : ByteString.copyFromUtf8("record " + ++others);
  }
}
