package io.proffer.master.http;

import io.proffer.api.auth.Authorizer;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.LongRecord;
import io.proffer.api.http.MediaType;
import io.proffer.api.v1.master.Event;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.http.piece.Fragments;
import io.proffer.master.sight.Sight;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SUBSCRIBE of operators (operator-api, section 2): all there is, then what happens. Who names the
 * last event it heard, as browsers do when they come back, goes on after that one instead.
 */
final class OperatorSubscribe {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.master");
  private static final String LAST_EVENT_ID = "Last-Event-ID";

  private final Snapshots snapshots;
  private final Reads reads;
  private final EventFeed feed;
  private final Supplier<String> ids;
  private final Authorizer authorizer;

  OperatorSubscribe(
      Snapshots snapshots,
      Reads reads,
      EventFeed feed,
      Supplier<String> ids,
      Authorizer authorizer) {
    this.snapshots = snapshots;
    this.reads = reads;
    this.feed = feed;
    this.ids = ids;
    this.authorizer = authorizer;
  }

  void accept(Exchange exchange, MediaType type) {
    var named = exchange.header(LAST_EVENT_ID).filter(id -> !id.isEmpty());
    var place = named.map(feed::place).orElse(OptionalLong.empty());
    if (place.isPresent()) {
      var resumed = new Document.Flag("resumed", Event.Subscribed.RESUMED_FIELD_NUMBER, true);
      exchange.onWorker(
          () ->
              begin(
                  exchange, type, place.getAsLong(), List.of(heartbeat(), resumed), Reads.NOTHING));
    } else {
      snapshots.read(
          exchange, snapshot -> exchange.onWorker(() -> begin(exchange, type, snapshot, named)));
    }
  }

  private Sight sight(Exchange exchange) {
    return Sight.of(authorizer.rights(exchange.principal()));
  }

  private void begin(Exchange exchange, MediaType type, Snapshot snapshot, Optional<String> named) {
    var last = feed.lastOf(snapshot.frames());
    if (last.isEmpty()) {
      exchange.answer(
          Answer.unavailable(
              "More events came than are kept (--operator_event_window) before the stream began:"
                  + " ask for it again",
              1));
      return;
    }
    var seen = sight(exchange).of(snapshot);
    var parts = new ArrayList<Document.Part>();
    parts.add(V1Documents.state(View.all(seen), Event.Subscribed.GET_STATE_FIELD_NUMBER));
    parts.add(heartbeat());
    named.ifPresent(id -> parts.add(notResumed(id)));
    begin(exchange, type, last.getAsLong(), parts, reads.keptFor(snapshot, seen));
  }

  private void begin(
      Exchange exchange,
      MediaType type,
      long last,
      List<Document.Part> subscribed,
      Fragments kept) {
    var stream = exchange.stream(ids.get(), type, List.of());
    feed.admit(stream);
    var event =
        new Document(
            Event.Type.SUBSCRIBED,
            Event.Type.SUBSCRIBED_VALUE,
            List.of(
                new Document.Group("subscribed", Event.SUBSCRIBED_FIELD_NUMBER, subscribed),
                new Document.Text("event_id", Event.EVENT_ID_FIELD_NUMBER, feed.id(last))));
    try {
      LongRecord.write(stream, Reads.body(event, kept, type));
    } catch (IOException e) {
      LOG.info("The event stream of {} ended before it began: {}", stream.peer(), e.getMessage());
      return;
    } catch (RuntimeException e) {
      // Half a record may be out: nothing that follows could be read.
      stream.onLoop(
          () -> {
            throw e;
          });
      return;
    }
    LOG.info("{} watches events after {}", stream.peer(), feed.id(last));
    var principal = exchange.principal();
    // Rules that are read anew count for streams that are open, too.
    feed.follow(stream, last, () -> Sight.of(authorizer.rights(principal)));
  }

  private Document.Part heartbeat() {
    return new Document.Real(
        "heartbeat_interval_seconds",
        Event.Subscribed.HEARTBEAT_INTERVAL_SECONDS_FIELD_NUMBER,
        feed.heartbeat().toMillis() / 1e3);
  }

  private static Document.Part notResumed(String id) {
    return new Document.Text(
        "not_resumed_because",
        Event.Subscribed.NOT_RESUMED_BECAUSE_FIELD_NUMBER,
        "The events after '%s' are not kept any more (--operator_event_window), or are of another run of the master: get_state has all there is"
            .formatted(id));
  }
}
