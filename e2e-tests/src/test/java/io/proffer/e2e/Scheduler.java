package io.proffer.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A scheduler as a stranger would write it: JSON, one stream, one POST per call. Nothing of the
 * project's own codecs, so that a mistake in those cannot hide itself.
 */
public final class Scheduler implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** How long a test waits for an event that must come. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String url;
  private final String streamId;
  private final InputStream stream;
  private final LinkedBlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
  private final List<JsonNode> seen = new ArrayList<>();

  /** Events that came while a test waited for another: they are still there to be awaited. */
  private final List<JsonNode> waiting = new ArrayList<>();

  private final Thread reader;
  private volatile boolean ended;
  private String frameworkId = "";

  private Scheduler(String url, HttpResponse<InputStream> answer) {
    this.url = url;
    this.streamId = answer.headers().firstValue("Mesos-Stream-Id").orElse("");
    this.stream = answer.body();
    this.reader = Thread.ofPlatform().daemon().name("scheduler-stream").start(this::read);
  }

  /** Subscribes with this FrameworkInfo and waits for SUBSCRIBED. */
  public static Scheduler subscribe(String masterUrl, ObjectNode frameworkInfo) {
    var call = Json.of("{'type':'SUBSCRIBE','subscribe':{}}");
    ((ObjectNode) call.get("subscribe")).set("framework_info", frameworkInfo);
    if (frameworkInfo.has("id")) {
      call.set("framework_id", frameworkInfo.get("id"));
    }
    var scheduler = open(masterUrl, call.toString());
    var subscribed = scheduler.await("SUBSCRIBED", event -> true);
    scheduler.frameworkId = subscribed.at("/subscribed/framework_id/value").asText();
    return scheduler;
  }

  /** Sends a SUBSCRIBE body as it is; the answer must be 200. */
  public static Scheduler open(String masterUrl, String body) {
    var url = masterUrl + "/api/v1/scheduler";
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() != 200) {
        throw new AssertionError(
            "SUBSCRIBE answered "
                + answer.statusCode()
                + " "
                + new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
      }
      return new Scheduler(url, answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
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

  private void read() {
    try (stream) {
      while (true) {
        long length = 0;
        int c;
        while ((c = stream.read()) != '\n') {
          if (c < 0) {
            return;
          }
          length = length * 10 + (c - '0');
        }
        var record = stream.readNBytes((int) length);
        if (record.length < length) {
          return;
        }
        events.add(Json.parse(new String(record, StandardCharsets.UTF_8)));
      }
    } catch (IOException e) {
      // The stream broke, which is an end like any other: tests ask by ended().
      return;
    } finally {
      ended = true;
    }
  }

  /**
   * The first event of this type (null: of any) that matches and was not yet taken. Others that
   * come before it wait for those who ask for them.
   */
  public JsonNode await(String type, Predicate<JsonNode> matches) {
    Predicate<JsonNode> wanted =
        e -> (type == null || e.path("type").asText().equals(type)) && matches.test(e);
    for (int i = 0; i < waiting.size(); i++) {
      if (wanted.test(waiting.get(i))) {
        return waiting.remove(i);
      }
    }
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    for (var event = poll(deadline); event != null; event = poll(deadline)) {
      if (wanted.test(event)) {
        return event;
      }
      waiting.add(event);
    }
    throw new AssertionError("no " + type + " that fits within " + PATIENCE + "; seen: " + seen);
  }

  private JsonNode poll(long deadlineNanos) {
    try {
      var event = events.poll(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event != null) {
        seen.add(event);
      }
      return event;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The next event of any type but HEARTBEAT, or null when none comes within the limit. */
  public JsonNode next(Duration limit) {
    while (!waiting.isEmpty()) {
      var event = waiting.removeFirst();
      if (!event.path("type").asText().equals("HEARTBEAT")) {
        return event;
      }
    }
    var deadline = System.nanoTime() + limit.toNanos();
    for (var event = poll(deadline); event != null; event = poll(deadline)) {
      if (!event.path("type").asText().equals("HEARTBEAT")) {
        return event;
      }
    }
    return null;
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
    return Json.post(url, call.toString(), "Mesos-Stream-Id", streamId);
  }

  /** TEARDOWN, which ends the stream. */
  public void teardown() {
    accepted(Json.of("{'type':'TEARDOWN'}"));
  }

  /** The framework's id. */
  public String frameworkId() {
    return frameworkId;
  }

  /** The stream's id. */
  public String streamId() {
    return streamId;
  }

  /** True once the server closed the stream. */
  public boolean ended() {
    return ended;
  }

  /** Every event taken so far, in order. */
  public List<JsonNode> seen() {
    return List.copyOf(seen);
  }

  /** Drops the connection without a word. */
  @Override
  public void close() {
    try {
      stream.close();
      reader.join(TimeUnit.SECONDS.toMillis(5));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
