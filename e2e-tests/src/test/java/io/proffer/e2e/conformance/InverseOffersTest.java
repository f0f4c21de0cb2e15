package io.proffer.e2e.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** A framework with a task is asked about planned maintenance, as it was recorded. */
@Timeout(300)
final class InverseOffersTest {
  private static final String ASKED = "GET_FRAMEWORKS-with-inverse-offer";
  private static final String ACCEPTED = "GET_MAINTENANCE_STATUS-draining-accepted";
  private static final String DECLINED = "GET_MAINTENANCE_STATUS-draining-declined";

  /** The exchanges of this suite, which change what others would see. */
  static final Set<String> NAMES = Set.of(ASKED, ACCEPTED, DECLINED);

  @TestFactory
  Stream<DynamicTest> exchanges() {
    if (Golden.directory().isEmpty()) {
      return Stream.empty();
    }
    cluster = Golden.cluster();
    var scheduler =
        Scheduler.subscribe(
            cluster.masterUrl(),
            Json.of(
                "{'user':'root','name':'golden-operator','roles':['golden'],"
                    + "'principal':'op-principal','webui_url':'http://127.0.0.1:1/',"
                    + "'capabilities':[{'type':'MULTI_ROLE'},{'type':'RESERVATION_REFINEMENT'}],"
                    + "'labels':{'labels':[{'key':'lk','value':'lv'}]}}"));
    var offer = scheduler.awaitOffer();
    scheduler.accepted(Json.of("{'type':'SUPPRESS'}"));
    scheduler.launch(offer, List.of(Scheduler.task("op-1", "sleep 1000", offer)));
    scheduler.awaitUpdate("op-1", "TASK_RUNNING");
    var replay = new Replay(cluster.masterPort(), text -> text);
    return Stream.of(
            replay.tests(List.of(golden("UPDATE_MAINTENANCE_SCHEDULE"))),
            step("the framework is asked", () -> asked = awaitInverseOffer(scheduler)),
            replay.tests(List.of(golden(ASKED))),
            step("it accepts", () -> answer(scheduler, "ACCEPT_INVERSE_OFFERS")),
            replay.tests(List.of(golden(ACCEPTED))),
            step("it is asked again", () -> asked = awaitInverseOffer(scheduler)),
            step("it declines", () -> answer(scheduler, "DECLINE_INVERSE_OFFERS")),
            replay.tests(List.of(golden(DECLINED))))
        .flatMap(tests -> tests)
        .onClose(
            () -> {
              scheduler.close();
              cluster.close();
            });
  }

  private Cluster cluster;
  private JsonNode asked;

  /** The event has all that the recorded one has. */
  private static JsonNode awaitInverseOffer(Scheduler scheduler) {
    var event = scheduler.await("INVERSE_OFFERS", any -> true);
    for (var recorded : recordedStream()) {
      if (recorded.path("type").asText().equals("INVERSE_OFFERS")) {
        new Likeness(Set.of()).check(recorded, event);
        return event.at("/inverse_offers/inverse_offers/0");
      }
    }
    throw new AssertionError("no INVERSE_OFFERS was recorded");
  }

  private static JsonNode recordedStream() {
    return golden("scheduler-SUBSCRIBE-stream-during-operator-calls")
        .response()
        .get("recordio_events");
  }

  private void answer(Scheduler scheduler, String type) throws IOException {
    var recorded = Golden.of("scheduler", type);
    var id = asked.at("/id/value").asText();
    var replay =
        new Replay(
            cluster.masterPort(),
            text ->
                text.replaceAll("^Mesos-Stream-Id: .*", "Mesos-Stream-Id: " + scheduler.streamId())
                    .replaceAll("[0-9a-f-]{36}-O\\d+", id)
                    .replaceAll("[0-9a-f-]{36}-\\d{4}", scheduler.frameworkId()));
    Differences.check(recorded, () -> replay.check(recorded));
  }

  private static Stream<DynamicTest> step(String what, Executable step) {
    return Stream.of(DynamicTest.dynamicTest(what, step));
  }

  private static Golden golden(String name) {
    return Golden.of("master-operator-api", name);
  }
}
