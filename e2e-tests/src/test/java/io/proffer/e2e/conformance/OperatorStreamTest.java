package io.proffer.e2e.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.EventStream;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The recorded stream of an operator: the same is done, and the same must be told. */
@Timeout(120)
final class OperatorStreamTest {
  private static final String INFO =
      "{'user':'root','name':'golden-operator','roles':['golden'],'failover_timeout':0,'checkpoint':false,"
          + "'principal':'op-principal','webui_url':'http://127.0.0.1:1/',"
          + "'capabilities':[{'type':'MULTI_ROLE'},{'type':'RESERVATION_REFINEMENT'}],"
          + "'labels':{'labels':[{'key':'lk','value':'lv'}]}}";
  private static final String OTHER =
      "{'user':'root','name':'to-be-torn-down','roles':['golden'],'failover_timeout':0,'checkpoint':false,"
          + "'capabilities':[{'type':'MULTI_ROLE'}]}";

  @Test
  void whatAFrameworkAndItsTaskDoIsTold() {
    Assumptions.assumeTrue(
        Golden.directory().isPresent(), "no recorded exchanges at -Dgolden.dir: skipped");
    var golden = Golden.of("master-operator-api", "SUBSCRIBE-event-stream");
    try (var cluster = Cluster.master("--hostname=127.0.0.1")) {
      cluster.addAgent("cpus:4;mem:4096;disk:8192;ports:[31000-32000]", "--hostname=127.0.0.1");
      cluster.awaitAgents(1);
      try (var operator = EventStream.ofOperator(cluster.masterUrl());
          var scheduler = Scheduler.subscribe(cluster.masterUrl(), Json.of(INFO))) {
        var offer = scheduler.awaitOffer();
        var task = Scheduler.task("op-1", "sleep 600", offer);
        task.set("labels", Json.of("{'labels':[{'key':'x','value':'y'}]}"));
        scheduler.launch(offer, List.of(task));
        scheduler.awaitUpdate("op-1", "TASK_RUNNING");
        try (var other = Scheduler.subscribe(cluster.masterUrl(), Json.of(OTHER))) {
          scheduler.accepted(Json.of("{'type':'KILL','kill':{'task_id':{'value':'op-1'}}}"));
          scheduler.awaitUpdate("op-1", "TASK_KILLED");
          scheduler.teardown();
          operator.await("FRAMEWORK_REMOVED", event -> true);
          other.teardown();
        }
        assertEquals(text(golden.response().get("recordio_events")), text(operator.seen()));
      }
    }
  }

  /**
   * All but heartbeats. The recording ended the task by a drain of its agent, which only its reason
   * shows; a flag of agents it prints that the published API has not, and does not name its events.
   */
  private static String text(Iterable<JsonNode> events) {
    var text = new ArrayList<String>();
    for (var event : events) {
      if (!event.path("type").asText().equals("HEARTBEAT")) {
        var copy = (ObjectNode) event.deepCopy();
        copy.remove("event_id");
        copy.findParents("checkpoint").stream()
            .filter(parent -> parent.has("hostname"))
            .forEach(agent -> ((ObjectNode) agent).remove("checkpoint"));
        copy.findParents("nanoseconds").forEach(time -> ((ObjectNode) time).put("nanoseconds", 0));
        if (copy.at("/task_updated/status/reason").asText().equals("REASON_AGENT_DRAINING")) {
          copy.withObject("/task_updated/status").remove("reason");
        }
        text.add(Normal.document(copy).toPrettyString());
      }
    }
    return String.join("\n", text);
  }
}
