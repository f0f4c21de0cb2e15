package io.proffer.api.http;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An answer that is a stream of records (RecordIO): each record, its length line and its body
 * together, is one HTTP chunk. Records may come from any thread and leave in the order given.
 *
 * <p>What waits for the reader is bounded twice: by bytes, and by the time in which the reader
 * takes nothing. A stream over either bound is cut, so that a reader that does not read costs
 * nobody else.
 */
public interface RecordStream {
  /** Why a stream ended. */
  enum Cause {
    /** The client left. */
    CLIENT_LEFT,
    /** This side ended it. */
    ENDED,
    /** More waited than the limit allows. */
    BUFFER_FULL,
    /** Something waited and the reader took nothing for too long. */
    STALLED,
    /** This side had no room for it any more. */
    GAVE_WAY,
    /** A bug met while saying something to this reader: what it has heard may not be whole. */
    FAILED
  }

  /** What the stream is known by. */
  String id();

  /** The type its records are worded in. */
  MediaType type();

  /** The address of the reader, for logs. */
  String peer();

  /** True once nothing more will be written. */
  boolean isClosed();

  /** Bytes that wait for the reader, kernel buffers not counted. */
  long waitingBytes();

  /** Sends one record. Records for a closed stream go nowhere. */
  void write(byte[] record);

  /**
   * Sends a part of a record too large for one piece; the first begins with the length line. No
   * other record may be written until all parts are.
   */
  void writePart(byte[] part);

  /** Calls {@code reached} once the reader has taken nearly all that was written before. */
  void whenDrained(Runnable reached);

  /**
   * Ends the stream after what was written before. When that is nothing, and the request was not
   * refused either, the answer is 503: nobody waits for a stream that will not come.
   */
  void end();

  /**
   * Ends the stream now, with the connection that carries it: what waits is lost, and the reader
   * sees that. For one that reads too slowly to hear of an end.
   */
  void giveWay();

  /** Sends the same kind of record again and again, from one period from now on. */
  void beat(Duration period, Supplier<byte[]> record);

  /** Runs work on the stream's event loop again and again, until the stream is over. */
  void every(Duration period, Runnable work);

  /** Calls {@code handler} when the stream is over; at once when it is already. */
  void onClose(Consumer<Cause> handler);

  /**
   * Runs work on the event loop of this stream, in the order asked. Work that throws ends the
   * stream: its reader would miss a record and not know it.
   */
  void onLoop(Runnable work);
}
