package io.proffer.e2e.durability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.e2e.Cluster;
import io.proffer.e2e.ContainerProcesses;
import io.proffer.e2e.Json;
import io.proffer.e2e.Scheduler;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agent is killed and started again with something else to announce, while its task runs. */
@Timeout(300)
final class AgentChangeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String ADDITIVE = "--reconfiguration_policy=additive";
  private static final String RACK = "--attributes=rack:a1";
  private static final String RACK_AND_ZONE = RACK + ";zone:z";
  private static final String MORE = resources(6);

  private static String resources(int cpus) {
    return "--resources=cpus:" + cpus + ";mem:4096;disk:8192;ports:[31000-32000]";
  }

  @Test
  void additiveTakesWhatIsMoreAndRefusesWhatIsLess() {
    try (var cluster = Cluster.master()) {
      cluster.addAgent(Cluster.RESOURCES, RACK);
      var durable = Scheduler.info("durable").put("checkpoint", true);
      try (var scheduler = Scheduler.subscribe(cluster.masterUrl(), durable)) {
        var offer = scheduler.awaitOffer();
        scheduler.launch(offer, List.of(Scheduler.task("stays", "sleep 600", offer)));
        var stays = scheduler.awaitUpdate("stays", "TASK_RUNNING");

        cluster.agentProcess(0).kill();
        cluster.startAgent(0, ADDITIVE, MORE, RACK_AND_ZONE).awaitHealthy(cluster.agentPort(0));
        Awaitility.await("the master counts what was added")
            .atMost(PATIENCE)
            .until(() -> agent(cluster).at("/resources/cpus").asDouble() == 6);
        assertEquals(offer.at("/agent_id/value"), agent(cluster).path("id"));
        assertEquals(
            Json.of("{'rack':'a1','zone':'z'}"), agent(cluster).path("attributes").deepCopy());
        var larger = awaitOfferOf(scheduler, 5.9);
        scheduler.launch(larger, List.of(Scheduler.task("late", "sleep 600", larger)));
        scheduler.awaitUpdate("late", "TASK_RUNNING");

        cluster.agentProcess(0).kill();
        isRefused(cluster, "resources: 'cpus:6", "cpus:4", ADDITIVE, resources(4), RACK_AND_ZONE);
        isRefused(
            cluster, "attributes: 'rack:a1;zone:z' before", "'rack:a1' now", ADDITIVE, MORE, RACK);
        isRefused(cluster, "host name: '", "'other' now", ADDITIVE, MORE, "--hostname=other");
        cluster.startAgent(0, ADDITIVE, MORE, RACK_AND_ZONE).awaitHealthy(cluster.agentPort(0));
        cluster.awaitAgents(1);
        for (var task : List.of("stays", "late")) {
          scheduler.accepted(
              Json.of("{'type':'KILL','kill':{'task_id':{'value':'" + task + "'}}}"));
          assertEquals(
              stays.path("agent_id"), scheduler.awaitUpdate(task, "TASK_KILLED").path("agent_id"));
        }
        assertEquals(List.of(), ContainerProcesses.of(cluster));
        scheduler.teardown();
      }
    }
  }

  /** The agent ends with a sentence that has both, and what it left runs on. */
  private static void isRefused(Cluster cluster, String before, String now, String... flags) {
    var running = ContainerProcesses.of(cluster);
    var refused = cluster.startAgent(0, flags);
    assertEquals(1, refused.awaitExit(PATIENCE));
    var said = refused.output();
    var sentence = said.substring(said.lastIndexOf("Incompatible agent info detected. With "));
    assertTrue(
        sentence.startsWith("Incompatible agent info detected. With " + ADDITIVE + " ")
            && sentence.contains("What differs: " + before)
            && sentence.contains(now)
            && sentence.contains("Start it as before; or "),
        said);
    assertEquals(running, ContainerProcesses.of(cluster));
  }

  private static JsonNode agent(Cluster cluster) {
    return Json.get(cluster.masterUrl() + "/state").at("/slaves/0");
  }

  private static JsonNode awaitOfferOf(Scheduler scheduler, double cpus) {
    return scheduler
        .await("OFFERS", event -> cpus(event.at("/offers/offers/0")) == cpus)
        .at("/offers/offers/0");
  }

  private static double cpus(JsonNode offer) {
    for (var resource : offer.path("resources")) {
      if (resource.path("name").asText().equals("cpus")) {
        return resource.at("/scalar/value").asDouble();
      }
    }
    return 0;
  }
}
