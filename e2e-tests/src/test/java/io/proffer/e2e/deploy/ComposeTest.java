package io.proffer.e2e.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ComposeTest {
  private static final String FILE = "compose/compose.yaml";
  private static final String ZK = "zk://zk1:2181,zk2:2181,zk3:2181/proffer";

  @TempDir Path directory;

  private static final JsonNode COMPOSE = Deployment.documents(FILE).getFirst();

  @Test
  void itIsAWholeCluster() {
    var services = names(COMPOSE.get("services"));
    assertEquals(
        List.of(
            "zk1",
            "zk2",
            "zk3",
            "master1",
            "master2",
            "master3",
            "agent1",
            "agent2",
            "load-balancer"),
        services);
    assertEquals(ZK, COMPOSE.at("/x-master-environment/PROFFER_ZK").asText());
    assertEquals(ZK, COMPOSE.at("/x-agent-environment/PROFFER_MASTER").asText());
    var balanced =
        Deployment.text("compose/haproxy.cfg")
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("server "))
            .map(line -> line.split(" ", -1)[2])
            .toList();
    assertEquals(List.of("master1:5050", "master2:5050", "master3:5050"), balanced);
  }

  @Test
  void anImageOfOthersIsOfOneVersion() {
    for (var image : List.of("/x-zookeeper/image", "/services/load-balancer/image")) {
      var name = COMPOSE.at(image).asText();
      assertTrue(name.matches("[a-z]+:\\d+\\.\\d+\\.\\d+"), name);
    }
  }

  @Test
  void noOtherHostIsLetInWhereNobodyIsAskedWhoTheyAre() {
    var open = new ArrayList<String>();
    for (var service : COMPOSE.get("services")) {
      service.path("ports").forEach(port -> open.add(port.asText()));
    }
    assertEquals(List.of("127.0.0.1:5050:5050"), open);
  }

  /** What compose makes of it once anchors are merged and names are looked up. */
  @Test
  void composeTakesIt() throws Exception {
    var compose = Program.needed("docker-compose", "the compose file is checked by no compose");
    var outcome =
        Program.run(
            directory,
            Map.of("PROFFER_IMAGE", "registry.example.org/proffer:7"),
            compose,
            "--file",
            Deployment.file(FILE).toString(),
            "config");
    assertEquals(0, outcome.status(), outcome.output());
    var services = new YAMLMapper().readTree(outcome.output()).get("services");
    var masters = new TreeMap<String, String>();
    for (var name : names(services)) {
      var service = services.get(name);
      assertTrue(service.hasNonNull("image"), name);
      if (name.startsWith("master")) {
        assertEquals("registry.example.org/proffer:7", service.get("image").asText());
        assertEquals(ZK, service.at("/environment/PROFFER_ZK").asText());
        masters.put(name, service.at("/environment/PROFFER_HOSTNAME").asText());
      }
    }
    assertEquals(Map.of("master1", "master1", "master2", "master2", "master3", "master3"), masters);
  }

  private static List<String> names(JsonNode object) {
    return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
        .toList();
  }
}
