package io.proffer.master.roster;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Optional;

/**
 * What a master says of itself.
 *
 * @param process an id of the process, for as long as it lives
 * @param address where it serves, {@code HOST:PORT}
 * @param started seconds since 1970
 * @param now the same, by its clock, when it says so; 0 when it does not
 * @param ready whether it answers all requests, itself or from the leader
 */
record Card(
    String process,
    String address,
    String hostname,
    String version,
    double started,
    double now,
    boolean ready) {
  String text() {
    return new JsonObject()
        .put("process", process)
        .put("address", address)
        .put("hostname", hostname)
        .put("version", version)
        .put("started", started)
        .put("now", now)
        .put("ready", ready)
        .encode();
  }

  /** Empty for what is none: masters of other versions may say things differently. */
  static Optional<Card> read(Object message) {
    try {
      var json = new JsonObject(String.valueOf(message));
      // A member that is null is there, and its default does not count.
      json.getMap().values().removeIf(Objects::isNull);
      var card =
          new Card(
              json.getString("process", ""),
              json.getString("address", ""),
              json.getString("hostname", ""),
              json.getString("version", ""),
              json.getDouble("started", 0.0),
              json.getDouble("now", 0.0),
              json.getBoolean("ready", false));
      return Optional.of(card)
          .filter(it -> Double.isFinite(it.started()) && Double.isFinite(it.now()));
    } catch (DecodeException | ClassCastException e) {
      return Optional.empty();
    }
  }
}
