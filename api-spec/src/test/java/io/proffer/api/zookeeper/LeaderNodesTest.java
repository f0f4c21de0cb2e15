package io.proffer.api.zookeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.proffer.api.v1.DomainInfo;
import io.proffer.api.v1.MasterInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeaderNodesTest {
  private static final String LEADER =
      "{\"address\":{\"hostname\":\"127.0.0.1\",\"ip\":\"127.0.0.1\",\"port\":5061},"
          + "\"capabilities\":[{\"type\":\"AGENT_UPDATE\"},{\"type\":\"AGENT_DRAINING\"},"
          + "{\"type\":\"QUOTA_V2\"}],\"hostname\":\"127.0.0.1\","
          + "\"id\":\"842104dc-9e6a-4fc8-ae38-e73aa6cd7a57\",\"ip\":16777343,"
          + "\"pid\":\"master@127.0.0.1:5061\",\"port\":5061,\"version\":\"1.11.0\"}";

  @Test
  void aMasterIsWrittenWithItsKeysInOrderAndReadBack() {
    var data = LeaderNodes.write(Masters.at(5061));
    assertEquals(LEADER, data.toStringUtf8());
    assertEquals(Optional.of(Masters.at(5061)), LeaderNodes.read("json.info_0000000000", data));
  }

  @Test
  void aDomainStandsInItsPlace() {
    var domain = DomainInfo.newBuilder();
    domain.getFaultDomainBuilder().getRegionBuilder().setName("eu");
    domain.getFaultDomainBuilder().getZoneBuilder().setName("a");
    var info = Masters.at(1).toBuilder().setDomain(domain).build();
    var data = LeaderNodes.write(info);
    assertTrue(
        data.toStringUtf8()
            .contains(
                "],\"domain\":{\"fault_domain\":{\"region\":{\"name\":\"eu\"},"
                    + "\"zone\":{\"name\":\"a\"}}},\"hostname\""),
        data.toStringUtf8());
    assertEquals(Optional.of(info), LeaderNodes.read("json.info_0000000000", data));
  }

  /** An address of which the highest bit is set is no negative number there. */
  @Test
  void addressesAreNumbersWithoutSign() {
    var info = Masters.at(1).toBuilder().setIp(0xC8_00_00_0A).build();
    var data = LeaderNodes.write(info);
    assertTrue(data.toStringUtf8().contains("\"ip\":3355443210,"), data.toStringUtf8());
    assertEquals(Optional.of(info), LeaderNodes.read("json.info_0000000000", data));
  }

  @ParameterizedTest
  @ValueSource(strings = {"znodes-two-masters.json", "znodes-after-leader-killed.json"})
  void whatTheReferenceWroteIsReadAndWrittenTheSame(String file) throws IOException {
    var root = Path.of(System.getProperty("project.root", ".."));
    var recorded =
        Path.of(System.getProperty("golden.dir", root.resolve("../shared/golden").toString()))
            .resolve("zookeeper")
            .resolve(file);
    if (!Files.exists(recorded)) {
      System.out.println("LeaderNodesTest: no recordings (-Dgolden.dir=FOLDER): skipped");
    }
    assumeTrue(Files.exists(recorded));
    var masters = 0;
    for (var node : new ObjectMapper().readTree(recorded.toFile()).get("znodes").properties()) {
      var name = node.getKey().substring(node.getKey().lastIndexOf('/') + 1);
      if (LeaderNodes.sequence(name).isPresent()) {
        var data = ByteString.copyFromUtf8(node.getValue().get("data").asText());
        var info = LeaderNodes.read(name, data);
        assertEquals(data, info.map(LeaderNodes::write).orElse(ByteString.EMPTY));
        assertEquals(
            "127.0.0.1:506" + (name.endsWith("0") ? 1 : 2),
            info.map(LeaderNodes::authority).orElse(""));
        masters++;
      }
    }
    assertTrue(masters > 0, "no masters in " + file);
  }

  @Test
  void theSmallestNumberLeadsWhateverElseIsThere() {
    assertEquals(
        Optional.of("json.info_0000000009"),
        LeaderNodes.first(
            List.of(
                "log_replicas",
                "x_1",
                "json.info_0000000010",
                "json.info_0000000009",
                "info_0000000011")));
    assertEquals(Optional.empty(), LeaderNodes.first(List.of("log_replicas", "x_1")));
    assertEquals(Optional.empty(), LeaderNodes.first(List.of()));
  }

  @Test
  void nodesOfOldAndNewFormAreOneRow() {
    assertEquals(
        Optional.of("info_0000000002"),
        LeaderNodes.first(List.of("json.info_0000000003", "info_0000000002")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "log_replicas",
        "x_1",
        "0000000001",
        "json.info_",
        "json.info",
        "json.info_x",
        "json.info_-2147483648",
        "json.info_00000000001",
        "json.info_x_0000000001",
        "info_json_1",
        "json.info_١",
        "",
      })
  void namesOfOtherThingsAreNone(String name) {
    assertEquals(Optional.empty(), LeaderNodes.sequence(name));
  }

  @Test
  void nodesOfOldMastersHoldBytes() {
    var info =
        MasterInfo.newBuilder()
            .setId("m")
            .setIp(0x0302_010A)
            .setPort(5050)
            .setHostname("h")
            .build();
    var read = LeaderNodes.read("info_0000000001", info.toByteString());
    assertEquals(Optional.of(info), read);
    assertEquals("10.1.2.3:5050", LeaderNodes.authority(info));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          json.info_0000000001 | ''
          json.info_0000000001 | no JSON
          json.info_0000000001 | {}
          json.info_0000000001 | {"id":"m","ip":1
          json.info_0000000001 | {"id":"m","ip":1,"port":"x"}
          json.info_0000000001 | [1]
          info_0000000001      | no message
          info_0000000001      | ''
          """)
  void whatIsNoMasterIsNone(String name, String data) {
    assertEquals(Optional.empty(), LeaderNodes.read(name, ByteString.copyFromUtf8(data)));
  }

  @Test
  void addressesOfTheNewInternetStandInBrackets() {
    var info = Masters.at(1).toBuilder();
    info.getAddressBuilder().setIp("fd00::1");
    assertEquals("[fd00::1]:1", LeaderNodes.authority(info.build()));
  }
}
