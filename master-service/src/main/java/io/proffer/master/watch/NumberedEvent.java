package io.proffer.master.watch;

import io.proffer.api.http.Calls;
import io.proffer.api.http.MediaType;
import io.proffer.api.v1.master.Event;
import io.proffer.master.sight.Sight;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * One event. It is worded and encoded by the first who needs it in a media type, on the thread of
 * that one, and by nobody again; but an agent, for each who may not see all its resources.
 */
final class NumberedEvent {
  private final String id;
  private final long number;
  private final long frame;
  private final News news;
  private final Map<MediaType, byte[]> encoded = new EnumMap<>(MediaType.class);

  /**
   * @param id as watchers are told it
   * @param number one more than that of the event before
   * @param frame the number of the frame that it came of
   */
  NumberedEvent(String id, long number, long frame, News news) {
    this.id = id;
    this.number = number;
    this.frame = frame;
    this.news = news;
  }

  long number() {
    return number;
  }

  long frame() {
    return frame;
  }

  /** About how much memory it holds at most. */
  long heldBytes() {
    return news.heldBytes();
  }

  /** As one who sees this much is told it; empty when that one may not hear of it. */
  Optional<byte[]> encoded(MediaType type, Sight sight) {
    if (!news.subject().isSeen(sight)) {
      return Optional.empty();
    }
    if (news.subject() instanceof Subject.OfAgent(var agent) && !sight.isOfAllRoles()) {
      return Optional.of(encode(EventWords.agentAdded(sight.of(agent)), type));
    }
    return Optional.of(encoded(type));
  }

  private synchronized byte[] encoded(MediaType type) {
    return encoded.computeIfAbsent(type, as -> encode(news.words().get(), as));
  }

  private byte[] encode(Event.Builder event, MediaType type) {
    return Calls.encode(event.setEventId(id).build(), type);
  }
}
