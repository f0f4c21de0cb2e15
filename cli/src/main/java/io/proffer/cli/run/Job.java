package io.proffer.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** What to run: one command, how often, with what, as whom. */
record Job(
    String name,
    String role,
    String user,
    String command,
    Map<String, String> environment,
    Scalars need,
    int instances) {

  /** Seconds the tasks outlive a lost connection: time enough for a master to restart. */
  static final double FAILOVER_SECONDS = 60;

  ObjectNode frameworkInfo() {
    var info = JsonNodeFactory.instance.objectNode();
    info.put("user", user).put("name", name).put("failover_timeout", FAILOVER_SECONDS);
    info.putArray("roles").add(role);
    var capabilities = info.putArray("capabilities");
    for (var capability : List.of("MULTI_ROLE", "RESERVATION_REFINEMENT", "PARTITION_AWARE")) {
      capabilities.addObject().put("type", capability);
    }
    return info;
  }

  ObjectNode taskInfo(String taskId, JsonNode offer, List<ObjectNode> resources) {
    var task = JsonNodeFactory.instance.objectNode();
    task.put("name", name);
    task.putObject("task_id").put("value", taskId);
    task.set("agent_id", offer.get("agent_id"));
    task.putArray("resources").addAll(resources);
    var commandInfo = task.putObject("command").put("shell", true).put("value", command);
    if (!environment.isEmpty()) {
      var variables = commandInfo.putObject("environment").putArray("variables");
      environment.forEach(
          (name, value) -> variables.addObject().put("name", name).put("value", value));
    }
    return task;
  }
}
