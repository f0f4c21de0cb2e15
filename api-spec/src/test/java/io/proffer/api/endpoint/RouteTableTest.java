package io.proffer.api.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of scheduler-api, sections 13 and 14, that speak of paths. */
class RouteTableTest {
  @ParameterizedTest
  @CsvSource({
    "/health, /health, ''",
    "//health, /health, ''",
    "/health/, /health, ''",
    "/master/health, /health, ''",
    "/master//frameworks/, /frameworks, ''",
    "/api/v1, /api/v1, ''",
    "/api/v1/scheduler, /api/v1/scheduler, ''",
    "/api/v1/scheduler/, /api/v1/scheduler, ''",
    "/master/api/v1/scheduler, /api/v1/scheduler, ''",
    "/api/v1/operator, /api/v1, /operator",
    "/api/v1/nothing/more, /api/v1, /nothing/more",
    "/api/v1/schedulers, /api/v1, /schedulers",
  })
  void theLongestKnownPrefixWins(String path, String endpoint, String rest) {
    var match = MasterEndpoints.table().find(path).orElseThrow();

    assertEquals(endpoint, match.endpoint().path());
    assertEquals(rest, match.rest());
  }

  @ParameterizedTest
  @CsvSource({
    "/",
    "''",
    "/master",
    "/nothing",
    "/%68ealth",
    "/state.json",
    "/master/version",
    "/healthy",
    "/Health",
    "/slave(1)/state"
  })
  void otherPathsAreUnknown(String path) {
    assertEquals(java.util.Optional.empty(), MasterEndpoints.table().find(path));
  }

  @Test
  void aLongPathOfSlashesAloneIsFoundAsFastAsAnother() {
    var table = MasterEndpoints.table();
    var tail = "/a".repeat(30_000);

    var match = table.find("/api/v1" + tail).orElseThrow();

    assertEquals(MasterEndpoints.OPERATOR, match.endpoint());
    assertEquals(tail, match.rest());
    assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          for (var i = 0; i < 500; i++) {
            assertEquals(java.util.Optional.empty(), table.find(tail));
          }
        });
  }

  @Test
  void everyEndpointThatIsNamedIsInTheTable() throws ReflectiveOperationException {
    assertEquals(
        Set.copyOf(named(MasterEndpoints.class, MachineEndpoints.class, QuotaEndpoints.class)),
        Set.copyOf(MasterEndpoints.table().endpoints()));
    assertEquals(
        Set.copyOf(named(AgentEndpoints.class)), Set.copyOf(AgentEndpoints.table().endpoints()));
  }

  private static List<Endpoint> named(Class<?>... service) throws ReflectiveOperationException {
    var endpoints = new ArrayList<Endpoint>();
    var owners = new ArrayList<>(List.of(service));
    owners.addAll(List.of(LockEndpoints.class, PageEndpoints.class));
    for (var owner : owners) {
      for (var field : owner.getFields()) {
        if (field.getType() == Endpoint.class) {
          endpoints.add((Endpoint) field.get(null));
        }
      }
    }
    return endpoints;
  }

  @Test
  void theAgentAnswersUnderItsOwnPrefix() {
    var match = AgentEndpoints.table().find("/slave(1)/api/v1").orElseThrow();

    assertEquals(AgentEndpoints.OPERATOR, match.endpoint());
  }
}
