package io.proffer.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * A scheduler as a stranger would write it: one stream, one POST per call, in JSON, and nothing of
 * the project's own codecs, so that a mistake in those cannot hide itself, where no other form is
 * wanted.
 */
public final class Scheduler implements AutoCloseable {
  /** How long a test waits for an event that must come. */
  public static final Duration PATIENCE = EventStream.PATIENCE;

  private final String url;
  private final EventStream stream;
  private final List<String> headers;
  private final Duration limit;
  private final Form form;
  private String frameworkId = "";
  private String masterId = "";

  private Scheduler(
      Duration limit, String url, Form form, EventStream stream, List<String> headers) {
    this.limit = limit;
    this.url = url;
    this.form = form;
    this.stream = stream;
    this.headers = headers;
  }

  /**
   * Subscribes with this FrameworkInfo and waits for SUBSCRIBED.
   *
   * @param headers names and values that each call has besides those of JSON
   */
  public static Scheduler subscribe(String masterUrl, ObjectNode frameworkInfo, String... headers) {
    return subscribe(PATIENCE, masterUrl, Form.JSON, frameworkInfo, headers);
  }

  /** The same of a master that may be stopped: each request must be answered within the limit. */
  public static Scheduler subscribe(
      Duration limit, String masterUrl, Form form, ObjectNode frameworkInfo, String... headers) {
    var call = Json.of("{'type':'SUBSCRIBE','subscribe':{}}");
    ((ObjectNode) call.get("subscribe")).set("framework_info", frameworkInfo);
    if (frameworkInfo.has("id")) {
      call.set("framework_id", frameworkInfo.get("id"));
    }
    return open(limit, masterUrl, form, form.encode(call), headers).begun();
  }

  /** Sends a SUBSCRIBE body as it is; the answer must be 200. */
  public static Scheduler open(String masterUrl, String body, String... headers) {
    return open(PATIENCE, masterUrl, Form.JSON, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  private static Scheduler open(
      Duration limit, String masterUrl, Form form, byte[] body, String... headers) {
    var url = masterUrl + "/api/v1/scheduler";
    var stream = EventStream.open(limit, url, form, body, headers);
    return new Scheduler(limit, url, form, stream, List.of(headers));
  }

  /** The same, and waits for SUBSCRIBED. */
  public static Scheduler begin(String masterUrl, String body) {
    return open(masterUrl, body).begun();
  }

  private Scheduler begun() {
    var subscribed = await("SUBSCRIBED", event -> true).get("subscribed");
    frameworkId = subscribed.at("/framework_id/value").asText();
    masterId = subscribed.at("/master_info/id").asText();
    return this;
  }

  /** An info with the usual capabilities in one role. */
  public static ObjectNode info(String role) {
    return Json.of(
        "{'user':'"
            + System.getProperty("user.name")
            + "','name':'e2e','roles':['"
            + role
            + "'],'failover_timeout':60,'capabilities':[{'type':'MULTI_ROLE'},"
            + "{'type':'PARTITION_AWARE'},{'type':'RESERVATION_REFINEMENT'}]}");
  }

  /**
   * The first event of this type (null: of any) that matches and was not yet taken. Others that
   * come before it wait for those who ask for them.
   */
  public JsonNode await(String type, Predicate<JsonNode> matches) {
    return stream.await(type, matches);
  }

  /** The next event of any type but HEARTBEAT, or null when none comes within the limit. */
  public JsonNode next(Duration limit) {
    return stream.next(limit);
  }

  /** The first offer of the next OFFERS. */
  public JsonNode awaitOffer() {
    return await("OFFERS", event -> true).at("/offers/offers/0");
  }

  /** The next update of the task in this state, acknowledged when it asks for that. */
  public JsonNode awaitUpdate(String task, String state) {
    while (true) {
      var status =
          await("UPDATE", e -> e.at("/update/status/task_id/value").asText().equals(task))
              .at("/update/status");
      acknowledge(status);
      if (status.path("state").asText().equals(state)) {
        return status;
      }
    }
  }

  /** Acknowledges a status that carries a uuid. */
  public void acknowledge(JsonNode status) {
    if (!status.has("uuid")) {
      return;
    }
    var call = Json.of("{'type':'ACKNOWLEDGE','acknowledge':{}}");
    var body = (ObjectNode) call.get("acknowledge");
    body.set("agent_id", status.get("agent_id"));
    body.set("task_id", status.get("task_id"));
    body.set("uuid", status.get("uuid"));
    accepted(call);
  }

  /** A command task of 0.1 cpus and 32 MB on the agent of the offer. */
  public static ObjectNode task(String id, String command, JsonNode offer) {
    var task =
        Json.of(
            "{'name':'"
                + id
                + "','task_id':{'value':'"
                + id
                + "'},'resources':[{'name':'cpus','type':'SCALAR','scalar':{'value':0.1}},"
                + "{'name':'mem','type':'SCALAR','scalar':{'value':32}}],'command':{}}");
    task.set("agent_id", offer.get("agent_id"));
    ((ObjectNode) task.get("command")).put("value", command);
    return task;
  }

  /** ACCEPT of one offer with a LAUNCH of these tasks. */
  public void launch(JsonNode offer, List<ObjectNode> tasks) {
    var call =
        Json.of(
            "{'type':'ACCEPT','accept':{'offer_ids':[],'operations':[{'type':'LAUNCH',"
                + "'launch':{'task_infos':[]}}],'filters':{'refuse_seconds':0}}}");
    call.withArray("/accept/offer_ids").add(offer.get("id"));
    call.withArray("/accept/operations/0/launch/task_infos").addAll(tasks);
    accepted(call);
  }

  /** Sends a call that must be answered 202. */
  public void accepted(ObjectNode call) {
    var answer = call(call);
    if (answer.statusCode() != 202) {
      throw new AssertionError(call + " answered " + answer.statusCode() + " " + answer.body());
    }
  }

  /** Sends a call with the framework's id and stream id. */
  public HttpResponse<String> call(ObjectNode call) {
    if (!call.has("framework_id")) {
      call.set("framework_id", Json.of("{'value':'" + frameworkId + "'}"));
    }
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", form.mediaType())
            .header("Mesos-Stream-Id", streamId())
            .POST(HttpRequest.BodyPublishers.ofByteArray(form.encode(call)));
    for (var i = 0; i < headers.size(); i += 2) {
      request.header(headers.get(i), headers.get(i + 1));
    }
    return Json.send(limit, request);
  }

  /** TEARDOWN, which ends the stream. */
  public void teardown() {
    accepted(Json.of("{'type':'TEARDOWN'}"));
  }

  /** The framework's id. */
  public String frameworkId() {
    return frameworkId;
  }

  /** The id of the master that leads, which it takes anew each time it begins to. */
  public String masterId() {
    return masterId;
  }

  /** The stream's id. */
  public String streamId() {
    return stream.header("Mesos-Stream-Id");
  }

  /** True once the server closed the stream. */
  public boolean ended() {
    return stream.ended();
  }

  /** Every event so far, once so many of them fit, or patience is over. */
  public List<JsonNode> seen(Predicate<JsonNode> fits, int count) {
    return stream.seen(fits, count);
  }

  /** Every event taken so far, in order. */
  public List<JsonNode> seen() {
    return stream.seen();
  }

  /** Drops the connection without a word. */
  @Override
  public void close() {
    stream.close();
  }
}
