package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.v1.AgentID;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code /registrar(1)/registry}: who was admitted, also while the master waits for them. */
@Timeout(60)
class RegistryReadTest {
  private static final Pattern ID = Pattern.compile("\"id\":\\{\"value\":\"([^\"]+)\"}");

  @TempDir Path directory;

  @Test
  void admittedAgentsAreShownBeforeAndAfterARestart() throws Exception {
    var flags = Map.of("registry", "sqlite", "work_dir", directory.toString());
    Map<String, Boolean> shown;
    try (var master = RunningMaster.start(flags);
        var first = agent(master, "host-a");
        var second = agent(master, "host-b")) {
      assertEquals("", master.operator(deactivate(second.id())));

      var body = master.get("/registrar(1)/registry").body();

      shown = shown(body);
      assertEquals(Map.of(first.id().getValue(), false, second.id().getValue(), true), shown);
      assertTrue(body.startsWith("{\"master\":{\"info\":{\"id\":\""), body);
      assertTrue(body.contains("\"hostname\":\"host-a\""), body);
      assertTrue(
          body.contains(
              "{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":4.0},\"role\":\"*\"}"),
          body);
    }
    try (var again = RunningMaster.start(flags)) {
      assertEquals(shown, shown(again.get("/registrar(1)/registry").body()));
    }
  }

  private static ScriptedAgent agent(RunningMaster master, String host) throws Exception {
    var subscription = ScriptedAgent.subscription();
    subscription.getAgentInfoBuilder().setHostname(host).setPort(5000 + host.charAt(5));
    return ScriptedAgent.register(master, subscription);
  }

  private static String deactivate(AgentID id) {
    return "{\"type\":\"DEACTIVATE_AGENT\",\"deactivate_agent\":{\"agent_id\":{\"value\":\"%s\"}}}"
        .formatted(id.getValue());
  }

  /** Whether each agent is deactivated, by its id. */
  private static Map<String, Boolean> shown(String body) {
    var shown = new TreeMap<String, Boolean>();
    var rows = body.split("\\{\"deactivated\":", -1);
    for (var i = 1; i < rows.length; i++) {
      var id = ID.matcher(rows[i]);
      assertTrue(id.find(), body);
      shown.put(id.group(1), rows[i].startsWith("true,"));
    }
    return shown;
  }
}
