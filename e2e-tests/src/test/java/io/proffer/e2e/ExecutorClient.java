package io.proffer.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Plays a custom executor whose process does nothing: what it says and hears is the test's. */
public final class ExecutorClient implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;

  private final int port;
  private final String framework;
  private final String executor;
  private RawHttp stream;

  /**
   * @param port of the agent
   */
  public ExecutorClient(int port, String framework, String executor) {
    this.port = port;
    this.framework = framework;
    this.executor = executor;
  }

  /** A task of 0.1 cpus and 32 MB that this executor, started by the command, runs. */
  public static ObjectNode task(
      String id, String executor, String command, JsonNode offer, String framework) {
    var task = Scheduler.task(id, "", offer);
    task.remove("command");
    var info =
        Json.of(
            "{'executor_id':{},'framework_id':{},'command':{},'resources':["
                + "{'name':'cpus','type':'SCALAR','scalar':{'value':0.1}},"
                + "{'name':'mem','type':'SCALAR','scalar':{'value':32}}]}");
    ((ObjectNode) info.get("executor_id")).put("value", executor);
    ((ObjectNode) info.get("framework_id")).put("value", framework);
    ((ObjectNode) info.get("command")).put("value", command);
    task.set("executor", info);
    return task;
  }

  /** Opens a new stream; an earlier one stays as it is. */
  public ExecutorClient subscribe(String subscribe) throws IOException {
    stream = new RawHttp(port);
    var call = call("SUBSCRIBE");
    call.set("subscribe", Json.of(subscribe));
    stream.send(
        "POST",
        "/api/v1/executor",
        List.of("Content-Type: application/json", "Accept: application/json"),
        call.toString().getBytes(StandardCharsets.UTF_8));
    var answer = stream.answer();
    if (answer.status() != 200) {
      throw new AssertionError("SUBSCRIBE answered " + answer.status() + " " + answer.body());
    }
    return this;
  }

  /** Opens a stream, and takes its first event. */
  public ExecutorClient subscribed() throws IOException {
    subscribe("{}").event("SUBSCRIBED");
    return this;
  }

  /** The stream of the newest subscription. */
  public RawHttp stream() {
    return stream;
  }

  /** The next event, which must be of this type. */
  public JsonNode event(String type) throws IOException {
    var event = Json.parse(stream.record(PATIENCE_MS));
    if (!event.path("type").asText().equals(type)) {
      throw new AssertionError("expected " + type + ", but the stream has " + event);
    }
    return event;
  }

  /** Tells news of a task; they must be accepted. */
  public void update(String task, String state) {
    var call = call("UPDATE");
    var uuid = UUID.randomUUID();
    var bytes =
        ByteBuffer.allocate(16)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .array();
    var update = Json.of("{'status':{'task_id':{},'source':'SOURCE_EXECUTOR'}}");
    var status = (ObjectNode) update.get("status");
    ((ObjectNode) status.get("task_id")).put("value", task);
    status.put("state", state).put("uuid", bytes);
    call.set("update", update);
    var answer = send(call);
    if (answer.statusCode() != 202) {
      throw new AssertionError("UPDATE answered " + answer.statusCode() + " " + answer.body());
    }
  }

  /** A call without its part. */
  public ObjectNode call(String type) {
    var call = Json.of("{'executor_id':{},'framework_id':{}}");
    ((ObjectNode) call.get("executor_id")).put("value", executor);
    ((ObjectNode) call.get("framework_id")).put("value", framework);
    return call.put("type", type);
  }

  /** Sends a call on a connection of its own. */
  public HttpResponse<String> send(JsonNode call) {
    return Json.post(
        "http://127.0.0.1:" + port + "/api/v1/executor",
        call.toString(),
        "Content-Type",
        "application/json");
  }

  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
    }
  }
}
