package io.proffer.e2e.contract;

/** Each change that a plain endpoint of a master makes, beside the call that does the same. */
final class PlainChanges {
  private static final String SPARE = "[{\"hostname\":\"spare\"}]";
  private static final String PLAN =
      "{\"windows\":[{\"machine_ids\":%s,\"unavailability\":{\"start\":{\"nanoseconds\":7}}}]}";
  private static final String QUOTA =
      "{\"force\":true,\"role\":\"plain\",\"guarantee\":[{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":1}}]}";

  private PlainChanges() {}

  static void make(CheckedClient client) {
    client.done("POST", "/maintenance/schedule", PLAN.formatted(SPARE));
    client.done("POST", "/machine/down", SPARE);
    client.done("POST", "/machine/up", SPARE);
    client.done("PUT", "/weights", "[{\"role\":\"plain\",\"weight\":2}]");
    client.done("POST", "/quota", QUOTA);
    client.done("DELETE", "/master/quota/plain", "");
  }

  /** Its agent is removed; then the machine is as good as another, so that plans can change. */
  static void takeAway(CheckedClient client, String hostname) {
    var machines = "[{\"hostname\":\"%s\",\"ip\":\"127.0.0.1\"}]".formatted(hostname);
    client.done("POST", "/maintenance/schedule", PLAN.formatted(machines));
    client.done("POST", "/machine/down", machines);
    client.done("POST", "/machine/up", machines);
  }
}
