package io.proffer.master.watch;

import io.proffer.api.http.Calls;
import io.proffer.api.http.Connections;
import io.proffer.api.http.RecordStream;
import io.proffer.kernel.Frame;
import io.proffer.master.core.effect.Effect;
import io.proffer.master.core.event.Event;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.sight.Sight;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers what became true, frame by frame, and calls those who watch.
 *
 * <p>An id is {@code RUN-NUMBER}: numbers begin anew with each run of a master, so that a place in
 * one run is none in another.
 */
public final class OperatorStreams implements Consumer<Frame<Event, Effect>> {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.master");
  private static final Pattern ID = Pattern.compile("(.+)-(\\d{1,18})");

  /**
   * How much there may be.
   *
   * @param events that are kept for those who come back or read slowly
   * @param eventBytes of memory for them
   * @param watchers the one who began first gives way to one more
   * @param outOfReach how many unreachable tasks of a framework there may still be news of
   */
  public record Limits(int events, long eventBytes, int watchers, int outOfReach) {}

  private static final io.proffer.api.v1.master.Event BEAT =
      io.proffer.api.v1.master.Event.newBuilder()
          .setType(io.proffer.api.v1.master.Event.Type.HEARTBEAT)
          .build();

  private final Duration heartbeat;
  private final String run;
  private final EventWindow window;
  private final int most;
  private final CopyOnWriteArrayList<Watcher> watchers = new CopyOnWriteArrayList<>();

  /** All that are open, in the order in which they began: also those that hear what there is. */
  private final CopyOnWriteArrayList<RecordStream> open = new CopyOnWriteArrayList<>();

  /** Of the loop's thread. */
  private final Owners owners;

  private final Belated belated = new Belated();

  private long frames;

  /** Of any thread: a stream may be about to begin. */
  private volatile boolean over;

  /**
   * @param heartbeat how often a stream says that it lives
   * @param run no other run of a master has this name
   */
  public OperatorStreams(Duration heartbeat, String run, Limits limits) {
    this.heartbeat = heartbeat;
    this.run = run;
    this.window = new EventWindow(limits.events(), limits.eventBytes());
    this.most = limits.watchers();
    this.owners = new Owners(limits.outOfReach());
  }

  /** Takes in the frameworks that were there before the first frame. */
  public void recall(List<Framework> frameworks) {
    frameworks.forEach(framework -> owners.add(framework.id(), framework.info()));
  }

  @Override
  public void accept(Frame<Event, Effect> frame) {
    frames++;
    var news = EventWords.of(frame.events(), owners, belated);
    if (news.isEmpty()) {
      return;
    }
    for (var words : news) {
      var number = window.newest() + 1;
      window.add(new NumberedEvent(id(number), number, frames, words));
    }
    watchers.forEach(Watcher::call);
  }

  /** How often a stream that has nothing to say says that it lives. */
  public Duration heartbeat() {
    return heartbeat;
  }

  /** Ends all streams, for good. */
  public void endAll() {
    over = true;
    open.forEach(this::end);
  }

  /** How much the streams of those who watch, or are about to, hold now. */
  public Connections.Load load() {
    return Connections.Load.of(open);
  }

  /** What an event is known by. */
  public String id(long number) {
    return run + "-" + number;
  }

  /**
   * The number of the newest event of which a snapshot knows.
   *
   * @param frames of the snapshot
   * @return empty when so much has happened since that it is not known any more
   */
  public OptionalLong lastOf(long frames) {
    return window.lastOf(frames);
  }

  /**
   * The number of the event with this id.
   *
   * @return empty when nobody can go on from there: it is not of this run, has not been yet, or the
   *     one after it is not kept any more
   */
  public OptionalLong place(String id) {
    var words = ID.matcher(id);
    if (!words.matches() || !words.group(1).equals(run)) {
      return OptionalLong.empty();
    }
    var number = Long.parseLong(words.group(2));
    return number <= window.newest() && !(window.at(number + 1) instanceof EventWindow.Found.Gone)
        ? OptionalLong.of(number)
        : OptionalLong.empty();
  }

  /**
   * Counts a stream before it is told what there is, which may take its reader long.
   *
   * <p>The one that was admitted first gives way to one too many: at its next record, or at once
   * when it is still told what there is. One that comes when all have ended is cut, or it would
   * live on and hear of nothing.
   */
  public void admit(RecordStream stream) {
    open.add(stream);
    stream.onClose(cause -> open.remove(stream));
    if (over) {
      end(stream);
      return;
    }
    // Whoever came meanwhile has counted too: some may give way too early, none too late.
    while (open.size() > most) {
      var first = open.getFirst();
      if (open.remove(first)) {
        LOG.warn(
            "The event stream of {} ends for that of {}: no more than {} at once (--max_operator_event_stream_subscribers)",
            first.peer(),
            stream.peer(),
            most);
        end(first);
      }
    }
  }

  /** Whoever is still told what there is would take half of it for all. */
  private void end(RecordStream stream) {
    if (watchers.stream().anyMatch(watcher -> watcher.stream() == stream)) {
      stream.end();
    } else {
      stream.giveWay();
    }
  }

  /**
   * Goes on with the events after this one, until the stream ends.
   *
   * @param stream was admitted
   * @param sight what the reader may see, asked again and again
   */
  public void follow(RecordStream stream, long after, Supplier<Sight> sight) {
    var watcher = new Watcher(stream, window, sight, after + 1);
    watchers.add(watcher);
    stream.onClose(
        cause -> {
          watchers.remove(watcher);
          LOG.info("The event stream of {} ended: {}", stream.peer(), cause);
        });
    stream.write(Calls.encode(BEAT, stream.type()));
    stream.beat(heartbeat, () -> Calls.encode(BEAT, stream.type()));
    watcher.call();
  }
}
