package io.proffer.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The calls of a framework: {@code POST /api/v1/scheduler}. */
public final class SchedulerClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Http http;
  private final Masters masters;
  private volatile String frameworkId = "";
  private volatile String streamId = "";

  public SchedulerClient(Masters masters, Identity identity) {
    this.http = new Http(TIMEOUT, identity);
    this.masters = masters;
  }

  /** Empty before the first SUBSCRIBED. */
  public String frameworkId() {
    return frameworkId;
  }

  /** Subscribes, the second time and later with the id of the first. */
  public EventStream subscribe(ObjectNode frameworkInfo) throws ClientException {
    var call = object().put("type", "SUBSCRIBE");
    if (!frameworkId.isEmpty()) {
      call.set("framework_id", value(frameworkId));
      frameworkInfo.set("id", value(frameworkId));
    }
    call.putObject("subscribe").set("framework_info", frameworkInfo);
    var answer = masters.ask(master -> http.open(uri(master), call, Map.of()));
    streamId = answer.headers().firstValue("Mesos-Stream-Id").orElse("");
    return new EventStream(streamId, answer.body());
  }

  /** What SUBSCRIBED said; calls carry it from now on. */
  public void subscribed(String id) {
    frameworkId = id;
  }

  /** Launches tasks on an offer; what they leave is not wanted for {@code refuse}. */
  public void launch(String offerId, Collection<? extends JsonNode> tasks, Duration refuse)
      throws ClientException {
    var call = call("ACCEPT");
    var accept = call.putObject("accept");
    accept.putArray("offer_ids").add(value(offerId));
    var operation = accept.putArray("operations").addObject().put("type", "LAUNCH");
    operation.putObject("launch").putArray("task_infos").addAll(List.copyOf(tasks));
    accept.putObject("filters").put("refuse_seconds", seconds(refuse));
    send(call);
  }

  public void decline(Collection<String> offerIds, Duration refuse) throws ClientException {
    var call = call("DECLINE");
    var decline = call.putObject("decline");
    var ids = decline.putArray("offer_ids");
    offerIds.forEach(id -> ids.add(value(id)));
    decline.putObject("filters").put("refuse_seconds", seconds(refuse));
    send(call);
  }

  /** Acknowledges an update; those without a uuid want none. */
  public void acknowledge(JsonNode status) throws ClientException {
    if (!status.hasNonNull("uuid")) {
      return;
    }
    var call = call("ACKNOWLEDGE");
    var acknowledge = call.putObject("acknowledge");
    acknowledge.set("agent_id", status.get("agent_id"));
    acknowledge.set("task_id", status.get("task_id"));
    acknowledge.set("uuid", status.get("uuid"));
    send(call);
  }

  /** Asks for the state of these tasks; the answers are updates. */
  public void reconcile(Collection<String> taskIds) throws ClientException {
    var call = call("RECONCILE");
    var tasks = call.putObject("reconcile").putArray("tasks");
    taskIds.forEach(id -> tasks.addObject().set("task_id", value(id)));
    send(call);
  }

  /** No offers any more until REVIVE. */
  public void suppress() throws ClientException {
    send(call("SUPPRESS"));
  }

  /** Ends the framework and all its tasks. */
  public void teardown() throws ClientException {
    send(call("TEARDOWN"));
  }

  private void send(ObjectNode call) throws ClientException {
    masters.ask(master -> http.post(uri(master), call, streamId));
  }

  private static URI uri(MasterAddress master) {
    return master.uri("/api/v1/scheduler");
  }

  private ObjectNode call(String type) {
    var call = object().put("type", type);
    call.set("framework_id", value(frameworkId));
    return call;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static ObjectNode value(String value) {
    return object().put("value", value);
  }

  private static ObjectNode object() {
    return Http.JSON.createObjectNode();
  }
}
