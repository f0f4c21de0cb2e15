package io.proffer.e2e.ha;

import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes calls at one master, whatever it says: one of a framework, which is decided in memory, and
 * one of an operator, which is stored before it is answered.
 */
final class Caller implements AutoCloseable {
  private static final Duration ANSWERED = Duration.ofSeconds(1);
  private static final String ROLE = "probe";

  private final Scheduler stream;
  private final Probe calls;
  private final Probe orders;
  private final AtomicInteger asked = new AtomicInteger();
  private volatile int stored;

  Caller(String master) {
    var subscribe = Json.of("{'type':'SUBSCRIBE','subscribe':{'suppressed_roles':['probe']}}");
    subscribe.withObject("/subscribe").set("framework_info", Scheduler.info(ROLE));
    this.stream = Scheduler.open(master, subscribe.toString());
    var id =
        stream.await("SUBSCRIBED", event -> true).at("/subscribed/framework_id/value").asText();
    var suppress = Json.of("{'type':'SUPPRESS','framework_id':{'value':'" + id + "'}}").toString();
    this.calls = Probe.of("calls", () -> isCalled(master, suppress));
    this.orders = Probe.of("orders", () -> isStored(master));
  }

  private boolean isCalled(String master, String call) {
    var url = master + "/api/v1/scheduler";
    return Json.post(ANSWERED, url, call, "Mesos-Stream-Id", stream.streamId()).statusCode() == 202;
  }

  private boolean isStored(String master) {
    var weight = asked.incrementAndGet();
    var order =
        Json.of(
            "{'type':'UPDATE_WEIGHTS','update_weights':{'weight_infos':[{'role':'%s','weight':%d}]}}"
                .formatted(ROLE, weight));
    var isStored = Json.post(ANSWERED, master + "/api/v1", order.toString()).statusCode() == 200;
    if (isStored) {
      stored = weight;
    }
    return isStored;
  }

  /** The weight that a master knows. */
  static double weight(String master) {
    for (var one : Json.get(master + "/weights")) {
      if (one.path("role").asText().equals(ROLE)) {
        return one.path("weight").asDouble();
      }
    }
    return 0;
  }

  /** Whether both kinds of calls were taken once. */
  boolean hasBeenServed() {
    return calls.lastYesAsked().isPresent() && orders.lastYesAsked().isPresent();
  }

  /** Orders no more: what waits to be stored would hold back all that is decided after it. */
  void callOnly() {
    orders.close();
  }

  /** Whether a call was made, and something came of it, since a moment. */
  boolean hasAskedSince(long nanos) {
    return calls.answers().stream().anyMatch(answer -> answer.asked() - nanos > 0);
  }

  /** When the last call was made that was taken. */
  long lastServedAsked() {
    return calls.lastYesAsked().orElseThrow();
  }

  /** The last weight of which the master said that it is stored. */
  double lastStored() {
    return stored;
  }

  @Override
  public void close() {
    calls.close();
    orders.close();
    stream.close();
  }
}
