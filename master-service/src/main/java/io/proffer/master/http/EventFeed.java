package io.proffer.master.http;

import io.proffer.api.http.RecordStream;
import io.proffer.master.sight.Sight;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Where a stream of operators gets its events from. */
public interface EventFeed {
  /** How often one that has nothing to say says that it lives. */
  Duration heartbeat();

  /** What the event with this number is known by. */
  String id(long number);

  /**
   * The number of the newest event that a snapshot shows the outcome of.
   *
   * @param frames of the snapshot
   * @return empty when so much has happened since that it is not known any more
   */
  OptionalLong lastOf(long frames);

  /** The number of the event with this id; empty when nobody can go on from there. */
  OptionalLong place(String id);

  /**
   * Counts a stream that is about to be told what there is: the one that was admitted first gives
   * way when there are too many.
   */
  void admit(RecordStream stream);

  /**
   * Writes the events after this one, and heartbeats, until the stream ends.
   *
   * @param stream was admitted
   * @param sight what the reader may see, asked again and again
   */
  void follow(RecordStream stream, long after, Supplier<Sight> sight);
}
