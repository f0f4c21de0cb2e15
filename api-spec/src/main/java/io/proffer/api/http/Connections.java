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

  /** Ends every stream, what waits in it written first. */
  public void endAll() {
    streams.values().forEach(RecordStream::end);
  }
}
