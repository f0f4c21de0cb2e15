package io.proffer.master.roster;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.api.http.Exchange;
import io.proffer.api.json.JsonNumbers;
import io.proffer.api.version.Version;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** {@code GET /api/v1/masters}: the masters, as the one that is asked knows them. */
public final class MastersEndpoint implements Consumer<Exchange> {
  private static final JsonFactory JSON = new JsonFactory();
  private static final double MILLIS = 1000;

  private final Roster roster;
  private final Supplier<Optional<String>> leader;

  /**
   * @param leader where the leader serves, as elections say; empty when there is none
   */
  public MastersEndpoint(Roster roster, Supplier<Optional<String>> leader) {
    this.roster = roster;
    this.leader = leader;
  }

  @Override
  public void accept(Exchange exchange) {
    var members = roster.members();
    var leads = leader.get();
    exchange.answerJson(
        out -> {
          try (var json = JSON.createGenerator(out)) {
            json.writeStartObject();
            if (leads.isPresent()) {
              json.writeStringField("leader", leads.get());
            }
            json.writeArrayFieldStart("masters");
            for (var member : members) {
              write(member, leads, json);
            }
            json.writeEndArray();
            json.writeEndObject();
          }
        });
  }

  /** Who leads is the election's word; a master that was stopped believes things of itself. */
  private static void write(Roster.Member member, Optional<String> leads, JsonGenerator json)
      throws IOException {
    var card = member.card();
    json.writeStartObject();
    json.writeStringField("address", card.address());
    json.writeStringField("hostname", card.hostname());
    json.writeStringField("role", leads.equals(Optional.of(card.address())) ? "leader" : "standby");
    json.writeBooleanField("healthy", member.healthy() && card.ready());
    json.writeStringField("version", Version.PROTOCOL);
    json.writeStringField("proffer_version", card.version());
    JsonNumbers.writeField("start_time", card.started(), json);
    JsonNumbers.writeField("heard_seconds_ago", member.silence().toMillis() / MILLIS, json);
    JsonNumbers.writeField("clock_ahead_seconds", member.ahead().toMillis() / MILLIS, json);
    if (member.warning().isPresent()) {
      json.writeStringField("warning", member.warning().get());
    }
    json.writeEndObject();
  }
}
