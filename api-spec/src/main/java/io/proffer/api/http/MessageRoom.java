package io.proffer.api.http;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Memory for the messages that bodies become, of all requests together: a small body may be a large
 * message, and many requests may wait for their answers.
 */
final class MessageRoom {
  private static final long KB = 1024;

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /**
   * @param most what they may take; {@link HttpLimits#UNBOUNDED} where they are not weighed
   */
  MessageRoom(long most) {
    this.most = most;
  }

  /** That of one request. */
  Share share() {
    return new Share();
  }

  /** What one request has of it. From any thread. */
  final class Share {
    private long held;

    private Share() {}

    /** Takes so much of it; the refusal when that is not there. */
    synchronized Optional<Answer> take(LongSupplier weight) {
      if (most == HttpLimits.UNBOUNDED) {
        return Optional.empty();
      }
      var bytes = weight.getAsLong();
      if (bytes > most) {
        return Optional.of(tooLarge(bytes));
      }
      if (taken.addAndGet(bytes) > most) {
        taken.addAndGet(-bytes);
        return Optional.of(
            Answer.unavailable("Too many large requests at once: send it again later", 1));
      }
      held += bytes;
      return Optional.empty();
    }

    /** Gives it back. */
    synchronized void release() {
      taken.addAndGet(-held);
      held = 0;
    }
  }

  private Answer tooLarge(long bytes) {
    return Answer.text(
        413,
        "Expecting a call that takes up to %d KB of memory once it is read (--call_bytes), but this one takes %d KB: say it with fewer small parts, such as labels, or raise the limit"
            .formatted(most / KB, bytes / KB));
  }
}
