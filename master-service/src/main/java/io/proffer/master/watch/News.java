package io.proffer.master.watch;

import io.proffer.api.v1.master.Event;
import java.util.function.Supplier;

/**
 * Something to tell, to be worded later, by another thread.
 *
 * @param subject whom it is about
 * @param words as who sees everything is told it
 * @param bytes of the message it tells
 */
record News(Subject subject, Supplier<Event.Builder> words, long bytes) {
  /** The row or message itself, the words in JSON, and those in protobuf. */
  private static final int COPIES = 4;

  private static final int OVERHEAD_BYTES = 512;

  /** About how much memory it may hold, once it has been told in both media types. */
  long heldBytes() {
    return OVERHEAD_BYTES + COPIES * bytes;
  }
}
