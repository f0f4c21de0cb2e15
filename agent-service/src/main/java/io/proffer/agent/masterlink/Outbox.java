package io.proffer.agent.masterlink;

import com.google.protobuf.ByteString;
import io.proffer.api.internal.FromAgent;
import io.proffer.api.v1.FrameworkID;
import io.proffer.api.v1.TaskID;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The records of one session that the master has not taken in, in order. What was handed out as a
 * batch stays until it is taken in, so that it can be sent again unchanged.
 */
final class Outbox {
  private final MasterLink.Limits limits;
  private final LinkedHashMap<Object, FromAgent.Record.Builder> waiting = new LinkedHashMap<>();
  private List<FromAgent.Record> batch = List.of();
  private long sequence;
  private long others;

  /** Data of executors that wait, the batch not counted. */
  private long messageBytes;

  Outbox(MasterLink.Limits limits) {
    this.limits = limits;
  }

  /**
   * Adds a record; false when the box is full. An update that waits already keeps its place and
   * takes no other; of its task the newest state is told.
   */
  boolean add(FromAgent.Record.Builder record) {
    var key = key(record);
    if (!waiting.containsKey(key) && waiting.size() + batch.size() >= limits.queue()) {
      return false;
    }
    waiting.put(key, record);
    return true;
  }

  /**
   * Adds data of an executor, which may get lost: false when it is. A talkative executor must
   * neither end the session nor fill the memory.
   */
  boolean addMessage(FromAgent.Record.Builder record) {
    var bytes = record.getMessage().getData().size();
    if (messageBytes + bytes > limits.messageBytes()
        || (waiting.size() + batch.size()) * 2L >= limits.queue()) {
      return false;
    }
    messageBytes += bytes;
    return add(record);
  }

  /** The batch to send: the one that was not taken in, else all that waits; empty for nothing. */
  List<FromAgent.Record> batch() {
    if (batch.isEmpty()) {
      var next = new ArrayList<FromAgent.Record>();
      var records = waiting.values().iterator();
      var bytes = 0L;
      while (records.hasNext() && next.size() < limits.batch() && bytes < limits.batchBytes()) {
        var record = records.next().setSequence(++sequence).build();
        records.remove();
        messageBytes -= record.getMessage().getData().size();
        bytes += record.getSerializedSize();
        next.add(record);
      }
      batch = List.copyOf(next);
    }
    return batch;
  }

  /** The master has the batch: the records that it has now. */
  List<FromAgent.Record> taken() {
    var taken = batch;
    batch = List.of();
    return taken;
  }

  /** An update is known by its task and its uuid; everything else is a record of its own. */
  private Object key(FromAgent.Record.Builder record) {
    return record.hasUpdate() ? UpdateKey.of(record.getUpdate()) : ++others;
  }

  private record UpdateKey(FrameworkID framework, TaskID task, ByteString uuid) {
    static UpdateKey of(FromAgent.Update update) {
      var status = update.getStatus();
      return new UpdateKey(update.getFrameworkId(), status.getTaskId(), status.getUuid());
    }
  }
}
