package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.io.IOException;
import java.util.regex.Matcher;

/**
 * A framework of the recordings: what it says is sent as it was recorded, with this cluster's ids
 * in it, and must be answered so; what it hears must be what was recorded.
 */
final class Story implements AutoCloseable {
  private static final int DEFAULT_REFUSAL_SECONDS = 5;
  private static final int LONG_REFUSAL_SECONDS = 1000;

  private final Cluster cluster;
  private final Scheduler scheduler;
  private String agent = "";
  private String offer = "";
  private String uuid = "";

  private Story(Cluster cluster, Scheduler scheduler) {
    this.cluster = cluster;
    this.scheduler = scheduler;
  }

  /** Subscribes as the recorded framework did. */
  static Story begin(Cluster cluster, Golden stream) {
    return new Story(cluster, Scheduler.begin(cluster.masterUrl(), body(stream)));
  }

  /** Subscribes as a framework whose SUBSCRIBE was not recorded. */
  static Story of(Cluster cluster, ObjectNode info) {
    return new Story(cluster, Scheduler.subscribe(cluster.masterUrl(), info));
  }

  /** Subscribes as it did once more, for the same framework. */
  Story again(Golden stream) {
    var next = new Story(cluster, Scheduler.begin(cluster.masterUrl(), ours(body(stream))));
    next.agent = agent;
    return next;
  }

  private static String body(Golden stream) {
    return stream.document().at("/request/body").asText();
  }

  Scheduler scheduler() {
    return scheduler;
  }

  /** The agent of its newest offer. */
  String agent() {
    return agent;
  }

  /** Waits for the next offer, which calls mean from then on. */
  JsonNode awaitOffer() {
    var next = scheduler.awaitOffer();
    offer = next.at("/id/value").asText();
    agent = next.at("/agent_id/value").asText();
    return next;
  }

  /** Waits for news of a task, which it does not acknowledge, and which calls mean from then on. */
  void awaitNews(String task, String state) {
    var status =
        scheduler
            .await(
                "UPDATE",
                event ->
                    event.at("/update/status/task_id/value").asText().equals(task)
                        && event.at("/update/status/state").asText().equals(state))
            .at("/update/status");
    uuid = status.path("uuid").asText();
  }

  /** Launches a command task of the usual size; what is left is refused for the usual 5 s. */
  void launch(String task, String command) {
    launch(Scheduler.task(task, command, awaitOffer()));
  }

  /** The same of a task that is more than a command, on the newest offer. */
  void launch(ObjectNode task) {
    accept(task, DEFAULT_REFUSAL_SECONDS);
  }

  /** The same, and wants nothing of what is left as long as the test lasts. */
  void launchOnly(String task, String command) {
    accept(Scheduler.task(task, command, awaitOffer()), LONG_REFUSAL_SECONDS);
  }

  private void accept(ObjectNode task, int refuseSeconds) {
    var call =
        Json.of(
            "{'type':'ACCEPT','accept':{'offer_ids':[{}],"
                + "'operations':[{'type':'LAUNCH','launch':{'task_infos':[]}}]}}");
    ((ObjectNode) call.at("/accept/offer_ids/0")).put("value", offer);
    call.withArray("/accept/operations/0/launch/task_infos").add(task);
    call.withObject("/accept/filters").put("refuse_seconds", refuseSeconds);
    scheduler.accepted(call);
  }

  /** Makes recorded calls, one after the other. */
  void call(String... names) throws IOException {
    for (var name : names) {
      call(Golden.of("scheduler", name));
    }
  }

  void call(Golden golden) throws IOException {
    var replay = new Replay(cluster.masterPort(), this::ours);
    Differences.check(golden, () -> replay.check(golden));
  }

  /** What an operator ordered, of this framework or its agent. */
  void operator(Golden golden) throws IOException {
    call(golden);
  }

  /** A recorded text with the ids of this framework, its agent, and its newest offer and news. */
  String ours(String text) {
    var result =
        text.replaceAll("^Mesos-Stream-Id: .*", "Mesos-Stream-Id: " + scheduler.streamId())
            .replaceAll("[0-9a-f-]{36}-\\d{4}", scheduler.frameworkId());
    result = offer.isEmpty() ? result : result.replaceAll("[0-9a-f-]{36}-O\\d+", offer);
    result = agent.isEmpty() ? result : result.replaceAll("[0-9a-f-]{36}-S\\d+", agent);
    return uuid.isEmpty()
        ? result
        : result.replaceAll(
            "\"uuid\": ?\"[^\"]*\"", Matcher.quoteReplacement("\"uuid\":\"" + uuid + "\""));
  }

  /** All it heard is what was recorded, but for how often it was offered something. */
  void heard(Golden golden) throws IOException {
    Differences.check(golden, () -> compare(golden, Integer.MAX_VALUE));
  }

  /** The same of a recording that ends before the story does. */
  void began(Golden golden) throws IOException {
    Differences.check(golden, () -> compare(golden, Heard.news(Heard.recorded(golden)).size()));
  }

  private void compare(Golden golden, int limit) {
    var expected = Heard.news(Heard.recorded(golden));
    var seen = Heard.news(scheduler.seen(Heard::isNews, expected.size()));
    Heard.same(expected, seen.subList(0, Math.min(limit, seen.size())));
    var offers = Heard.offers(Heard.recorded(golden));
    for (var kind : offers) {
      scheduler.seen(event -> Heard.isOffers(event) && Heard.words(event).equals(kind), 1);
    }
    var ours = Heard.offers(scheduler.seen());
    assertTrue(ours.containsAll(offers), () -> "offered were " + ours + ", not " + offers);
  }

  /** Drops its connection without a word. */
  @Override
  public void close() {
    scheduler.close();
  }
}
