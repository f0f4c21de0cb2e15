package io.proffer.master.watch;

import io.proffer.api.http.RecordStream;
import io.proffer.master.sight.Sight;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One who watches: a stream, and the number of the event that it is told next. */
final class Watcher {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.master");

  /** What may wait for the reader before more is taken from the window. */
  private static final int ENOUGH_BYTES = 256 * 1024;

  private final RecordStream stream;
  private final EventWindow window;
  private final Supplier<Sight> sight;
  private final AtomicBoolean called = new AtomicBoolean();

  /** Of the stream's event loop. */
  private long next;

  private boolean waits;

  /**
   * @param sight what the reader may see, asked again and again
   */
  Watcher(RecordStream stream, EventWindow window, Supplier<Sight> sight, long next) {
    this.stream = stream;
    this.window = window;
    this.sight = sight;
    this.next = next;
  }

  RecordStream stream() {
    return stream;
  }

  /** There may be something new. Returns at once. */
  void call() {
    if (called.compareAndSet(false, true)) {
      stream.onLoop(
          () -> {
            called.set(false);
            tell();
          });
    }
  }

  private void tell() {
    if (waits) {
      return;
    }
    var sees = sight.get();
    while (!stream.isClosed()) {
      if (stream.waitingBytes() > ENOUGH_BYTES) {
        waits = true;
        stream.whenDrained(
            () -> {
              waits = false;
              tell();
            });
        return;
      }
      switch (window.at(next)) {
        case EventWindow.Found.Here(var event) -> {
          event.encoded(stream.type(), sees).ifPresent(stream::write);
          next++;
        }
        case EventWindow.Found.NotYet ignored -> {
          return;
        }
        case EventWindow.Found.Gone ignored -> {
          LOG.warn(
              "The event stream of {} reads more slowly than events come: it ends, because event {} is not kept any more (--operator_event_window)",
              stream.peer(),
              next);
          stream.end();
          return;
        }
      }
    }
  }
}
