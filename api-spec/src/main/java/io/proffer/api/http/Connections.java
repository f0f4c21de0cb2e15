package io.proffer.api.http;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Open streams by their id: what one room opens, another finds and writes to. A stream that closes
 * takes itself out.
 */
public final class Connections {
  private final ConcurrentHashMap<String, RecordStream> streams = new ConcurrentHashMap<>();

  /** Adds a stream under its id, which must be new. */
  public void add(RecordStream stream) {
    if (streams.putIfAbsent(stream.id(), stream) != null) {
      throw new IllegalArgumentException("stream " + stream.id() + " is open already");
    }
    stream.onClose(cause -> streams.remove(stream.id(), stream));
  }

  /** The open stream of this id. */
  public Optional<RecordStream> find(String id) {
    return Optional.ofNullable(streams.get(id));
  }

  /** How many are open. */
  public int size() {
    return streams.size();
  }

  /** How much these streams hold now. */
  public Load load() {
    return Load.of(streams.values());
  }

  /**
   * What some streams hold together.
   *
   * @param waitingBytes what waits for all their readers
   * @param fullestBytes what waits for the reader for whom most does
   */
  public record Load(int streams, long waitingBytes, long fullestBytes) {
    /** Of these. */
    public static Load of(Iterable<? extends RecordStream> streams) {
      int count = 0;
      long sum = 0;
      long max = 0;
      for (var stream : streams) {
        long waiting = stream.waitingBytes();
        count++;
        sum += waiting;
        max = Math.max(max, waiting);
      }
      return new Load(count, sum, max);
    }
  }

  /** Ends every stream, what waits in it written first. */
  public void endAll() {
    streams.values().forEach(RecordStream::end);
  }
}
