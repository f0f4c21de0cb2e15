package io.proffer.e2e.contract;

/** Each change that a plain endpoint of a master makes, beside the call that does the same. */
final class PlainChanges {
  private static final String SPARE = "[{\"hostname\":\"spare\"}]";
  private static final String PLAN =
      "{\"windows\":[{\"machine_ids\":%s,\"unavailability\":{\"start\":{\"nanoseconds\":7}}}]}"
          .formatted(SPARE);
  private static final String QUOTA =
      "{\"force\":true,\"role\":\"plain\",\"guarantee\":[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":1}}]}";

  private PlainChanges() {}

  static void make(CheckedClient client) {
    client.done("POST", "/maintenance/schedule", PLAN);
    client.done("POST", "/machine/down", SPARE);
    client.done("POST", "/machine/up", SPARE);
    client.done("PUT", "/weights", "[{\"role\":\"plain\",\"weight\":2}]");
    client.done("POST", "/quota", QUOTA);
    client.done("DELETE", "/master/quota/plain", "");
  }
}
