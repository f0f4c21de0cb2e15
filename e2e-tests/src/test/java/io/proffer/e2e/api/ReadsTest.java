package io.proffer.e2e.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasLength;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.proffer.e2e.Cluster;
import io.proffer.e2e.Scheduler;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reads every tool starts with, while one task runs. */
@Timeout(120)
final class ReadsTest {
  private static Cluster cluster;
  private static Scheduler scheduler;
  private static String agent;

  @BeforeAll
  static void start() {
    cluster = Cluster.withAgent();
    scheduler = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("reads"));
    var offer = scheduler.awaitOffer();
    scheduler.launch(offer, List.of(Scheduler.task("seen", "sleep 600", offer)));
    agent = scheduler.awaitUpdate("seen", "TASK_RUNNING").at("/agent_id/value").asText();
  }

  @AfterAll
  static void stop() {
    scheduler.teardown();
    scheduler.close();
    cluster.close();
  }

  @Test
  void healthIsEmptyAndVersionIsTheReferences() {
    given().get(cluster.masterUrl() + "/health").then().statusCode(200).body(is(""));
    given()
        .get(cluster.masterUrl() + "/version")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("version", equalTo("1.11.0"));
  }

  @Test
  void redirectNamesTheLeader() {
    given()
        .redirects()
        .follow(false)
        .get(cluster.masterUrl() + "/redirect")
        .then()
        .statusCode(307)
        .header("Location", startsWith("//"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/state", "/master/state"})
  void stateShowsAgentFrameworkAndTask(String path) {
    given()
        .get(cluster.masterUrl() + path)
        .then()
        .statusCode(200)
        .body("slaves", hasSize(1))
        .body("slaves[0].id", equalTo(agent))
        .body("slaves[0].resources.cpus", equalTo(4.0f))
        .body("slaves[0].used_resources.cpus", equalTo(0.1f))
        .body("frameworks.id", hasItem(scheduler.frameworkId()))
        .body("frameworks[0].tasks.id", contains("seen"))
        .body("frameworks[0].tasks[0].state", equalTo("TASK_RUNNING"))
        .body("frameworks[0].tasks[0].slave_id", equalTo(agent));
  }

  @Test
  void listsOfAgentsFrameworksAndTasksAnswerUnderBothPaths() {
    for (var prefix : List.of("", "/master")) {
      given()
          .get(cluster.masterUrl() + prefix + "/slaves")
          .then()
          .statusCode(200)
          .body("slaves.id", contains(agent));
      given()
          .get(cluster.masterUrl() + prefix + "/frameworks")
          .then()
          .statusCode(200)
          .body("frameworks.id", contains(scheduler.frameworkId()));
      given()
          .get(cluster.masterUrl() + prefix + "/tasks")
          .then()
          .statusCode(200)
          .body("tasks.id", contains("seen"));
    }
  }

  @Test
  void unknownPathsAre404() {
    given()
        .get(cluster.masterUrl() + "/nothing")
        .then()
        .statusCode(404)
        .body(equalTo("404 Not Found."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET_HEALTH",
        "GET_VERSION",
        "GET_STATE",
        "GET_AGENTS",
        "GET_FRAMEWORKS",
        "GET_TASKS",
        "GET_MASTER"
      })
  void operatorReadsAnswerInKind(String type) {
    given()
        .contentType("application/json")
        .body("{\"type\":\"" + type + "\"}")
        .post(cluster.masterUrl() + "/api/v1")
        .then()
        .statusCode(200)
        .body("type", equalTo(type))
        .body("containsKey('" + type.toLowerCase(java.util.Locale.ROOT) + "')", is(true));
  }

  @Test
  void operatorReadsShowTheTask() {
    given()
        .contentType("application/json")
        .body("{\"type\":\"GET_TASKS\"}")
        .post(cluster.masterUrl() + "/api/v1")
        .then()
        .body("get_tasks.tasks[0].task_id.value", equalTo("seen"))
        .body("get_tasks.tasks[0].state", equalTo("TASK_RUNNING"))
        .body("get_tasks.tasks[0].statuses.uuid", everyItem(hasLength(24)))
        .body("get_tasks.tasks[0].agent_id.value", equalTo(agent));
    given()
        .contentType("application/json")
        .body("{\"type\":\"GET_AGENTS\"}")
        .post(cluster.masterUrl() + "/api/v1")
        .then()
        .body("get_agents.agents[0].agent_info.id.value", equalTo(agent))
        .body("get_agents.agents[0].active", is(true));
  }
}
