package io.proffer.master.watch;

import io.proffer.api.http.Calls;
import io.proffer.api.http.MediaType;
import io.proffer.api.v1.master.Event;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One event. It is worded and encoded by the first who needs it in a media type, on the thread of
 * that one, and by nobody again.
 */
final class NumberedEvent {
  private final String id;
  private final long number;
  private final long frame;
  private final Supplier<Event.Builder> words;
  private final Map<MediaType, byte[]> encoded = new EnumMap<>(MediaType.class);

  /**
   * @param id as watchers are told it
   * @param number one more than that of the event before
   * @param frame the number of the frame that it came of
   */
  NumberedEvent(String id, long number, long frame, Supplier<Event.Builder> words) {
    this.id = id;
    this.number = number;
    this.frame = frame;
    this.words = words;
  }

  long number() {
    return number;
  }

  long frame() {
    return frame;
  }

  synchronized byte[] encoded(MediaType type) {
    return encoded.computeIfAbsent(
        type, as -> Calls.encode(words.get().setEventId(id).build(), as));
  }
}
