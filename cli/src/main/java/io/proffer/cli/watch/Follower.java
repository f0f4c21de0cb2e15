package io.proffer.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.cli.client.ClientException;
import io.proffer.cli.client.OperatorClient;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads events, and goes on where it was when a stream has ended. */
final class Follower {
  private static final long PAUSE_MS = 500;

  /** How often in a row a master may be away. */
  private static final int PATIENCE = 120;

  private final OperatorClient operator;
  private final Consumer<JsonNode> take;
  private Optional<String> after;
  private int failures;

  /**
   * @param after the event that was heard last; empty to begin with all there is
   * @param take gets each event but heartbeats
   */
  Follower(OperatorClient operator, Optional<String> after, Consumer<JsonNode> take) {
    this.operator = operator;
    this.after = after;
    this.take = take;
  }

  /** Reads one stream to its end. */
  void once() throws ClientException {
    try (var stream = operator.subscribe(after)) {
      for (var event = stream.next(); event.isPresent(); event = stream.next()) {
        failures = 0;
        hear(event.get());
      }
    }
  }

  /** Reads stream after stream; ends only by an exception. */
  void forEver() throws ClientException, InterruptedException {
    while (true) {
      try {
        once();
      } catch (ClientException failed) {
        if (!failed.temporary() || ++failures > PATIENCE) {
          throw failed;
        }
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    }
  }

  private void hear(JsonNode event) {
    if (event.path("type").asText().equals("HEARTBEAT")) {
      return;
    }
    take.accept(event);
    if (event.hasNonNull("event_id")) {
      after = Optional.of(event.path("event_id").asText());
    }
  }
}
