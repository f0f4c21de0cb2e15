package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.internal.Subscribe;
import io.proffer.api.v1.DomainInfo;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where a master says it is, and which agents it takes. */
@Timeout(60)
class DomainTest {
  private static final String NORTH =
      "{\"fault_domain\":{\"region\":{\"name\":\"north\"},\"zone\":{\"name\":\"n1\"}}}";

  private static final Map<String, String> IN_NORTH =
      Map.of("registry", "in_memory", "domain", NORTH);

  private static Subscribe.Builder agentIn(String region) {
    var domain = DomainInfo.newBuilder();
    domain.getFaultDomainBuilder().getRegionBuilder().setName(region);
    domain.getFaultDomainBuilder().getZoneBuilder().setName("z");
    var subscription = ScriptedAgent.subscription();
    subscription.getAgentInfoBuilder().setDomain(domain);
    return subscription;
  }

  private static String refusal(RunningMaster master, Subscribe.Builder subscription)
      throws Exception {
    var answer =
        master.send(
            master
                .request("/api/internal/agent/subscribe")
                .header("Content-Type", RunningMaster.PROTOBUF)
                .POST(HttpRequest.BodyPublishers.ofByteArray(subscription.build().toByteArray())));
    assertEquals(403, answer.statusCode());
    return answer.body();
  }

  @Test
  void aMasterShowsWhereItIs() throws Exception {
    try (var master = RunningMaster.start(IN_NORTH)) {
      var state = master.get("/state").body();

      assertTrue(state.contains(",\"domain\":" + NORTH + ",\"leader\":"), state);
      assertTrue(state.contains(",\"domain\":" + NORTH + "},"), state);
      assertTrue(master.operator("{\"type\":\"GET_MASTER\"}").contains("\"domain\":" + NORTH));
    }
  }

  @Test
  void agentsOfOtherRegionsAreForRegionAwareFrameworksOnly() throws Exception {
    try (var master = RunningMaster.start(IN_NORTH);
        var near = ScriptedAgent.register(master, agentIn("north"));
        var scheduler = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build())) {
      var far = agentIn("south");
      far.getAgentInfoBuilder().setPort(5052);
      try (var away = ScriptedAgent.register(master, far)) {
        var why = "/api/v1/explain?framework=" + scheduler.id().getValue() + "&agent=";

        var remote = master.get(why + away.id().getValue()).body();
        var local = master.get(why + near.id().getValue()).body();

        assertTrue(remote.contains("REGION_CAPABILITY"), remote);
        assertFalse(local.contains("REGION_CAPABILITY"), local);
      }
    }
  }

  @Test
  void aMasterThatIsNowhereTakesNoAgentThatIsSomewhere() throws Exception {
    try (var master = RunningMaster.start()) {
      var refusal = refusal(master, agentIn("north"));
      assertTrue(refusal.startsWith("The agent says where it is (--domain)"), refusal);
    }
  }

  @Test
  void aMasterMayAskAgentsToSayWhereTheyAre() throws Exception {
    var flags = Map.of("registry", "in_memory", "domain", NORTH, "require_agent_domain", "true");
    try (var master = RunningMaster.start(flags)) {
      var refusal = refusal(master, ScriptedAgent.subscription());
      assertTrue(refusal.startsWith("This master takes only agents that say where"), refusal);
      ScriptedAgent.register(master, agentIn("north")).close();
    }
  }

  @Test
  void whatIsNoDomainIsToldWhenTheMasterStarts() {
    for (var wrong : java.util.List.of("{}", "north", "{\"fault_domain\":{}}")) {
      var thrown =
          assertThrows(
              RuntimeException.class,
              () ->
                  RunningMaster.config(Map.of("registry", "in_memory", "domain", wrong)).domain());
      assertTrue(thrown.getMessage().contains("Expected a domain like {"), thrown.getMessage());
    }
  }
}
