package io.proffer.e2e.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.proffer.e2e.Cluster;
import io.proffer.e2e.Scheduler;
import io.restassured.response.ValidatableResponse;
import java.util.Objects;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads that want a part of what there is, or to know whether there is something new at all. */
@Timeout(120)
final class PartialReadsTest {
  private static Cluster cluster;
  private static Scheduler busy;
  private static Scheduler idle;
  private static String agent;

  @BeforeAll
  static void start() {
    cluster = Cluster.withAgent();
    busy = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("busy"));
    var offer = busy.awaitOffer();
    busy.launch(
        offer,
        IntStream.range(0, 3)
            .mapToObj(i -> Scheduler.task("task-" + i, i == 0 ? "true" : "sleep 600", offer))
            .toList());
    agent = busy.awaitUpdate("task-1", "TASK_RUNNING").at("/agent_id/value").asText();
    busy.awaitUpdate("task-2", "TASK_RUNNING");
    busy.awaitUpdate("task-0", "TASK_FINISHED");
    idle = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("idle"));
  }

  @AfterAll
  static void stop() {
    busy.teardown();
    busy.close();
    idle.teardown();
    idle.close();
    cluster.close();
  }

  private static ValidatableResponse get(String path) {
    return given().get(cluster.masterUrl() + path).then();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/state", "/state-summary", "/slaves", "/frameworks", "/tasks", "/roles"})
  void whoHasTheDocumentIsToldNoMore(String path) {
    // Between the two an offer may come or go.
    var known =
        Awaitility.await("a moment in which nothing changes")
            .until(
                () -> {
                  var tag = get(path).statusCode(200).extract().header("ETag");
                  var again = given().header("If-None-Match", tag).get(cluster.masterUrl() + path);
                  return again.statusCode() == 304 ? again : null;
                },
                Objects::nonNull);
    known.then().header("ETag", startsWith("W/\"")).body(is(""));
    given()
        .header("If-None-Match", "\"another\"")
        .get(cluster.masterUrl() + path)
        .then()
        .statusCode(200);
    // The read endpoints answer any method; only of a read there is something to be known.
    given()
        .header("If-None-Match", known.header("ETag"))
        .post(cluster.masterUrl() + path)
        .then()
        .statusCode(200);
  }

  @Test
  void whatChangesHasAnotherTag() {
    var before = get("/state").extract().header("ETag");
    var another = Scheduler.subscribe(cluster.masterUrl(), Scheduler.info("another"));
    given()
        .header("If-None-Match", before)
        .get(cluster.masterUrl() + "/state")
        .then()
        .statusCode(200)
        .header("ETag", not(before));
    another.teardown();
    another.close();
  }

  @Test
  void aFrameworkOrAnAgentStandsForWhatBelongsToIt() {
    get("/state?framework_id=" + busy.frameworkId())
        .body("frameworks.id", contains(busy.frameworkId()))
        .body("frameworks[0].tasks", hasSize(2))
        .body("frameworks[0].completed_tasks", hasSize(1))
        .body("slaves.id", contains(agent));
    get("/state?framework_id=" + idle.frameworkId())
        .body("frameworks.id", contains(idle.frameworkId()))
        .body("slaves", empty());
    get("/state?slave_id=" + agent)
        .body("frameworks.id", contains(busy.frameworkId()))
        .body("slaves.id", contains(agent));
    get("/slaves?framework_id=" + busy.frameworkId()).body("slaves.id", contains(agent));
    get("/slaves?slave_id=nobody").body("slaves", empty());
    get("/frameworks?slave_id=" + agent).body("frameworks.id", contains(busy.frameworkId()));
    get("/state-summary?framework_id=" + busy.frameworkId())
        .body("frameworks[0].TASK_RUNNING", equalTo(2))
        .body("slaves[0].TASK_RUNNING", equalTo(2));
    get("/tasks?slave_id=nobody").body("tasks", empty());
  }

  @Test
  void statesOfTasksAreNames() {
    get("/tasks?state=TASK_RUNNING&order=asc").body("tasks", hasSize(2));
    get("/tasks?state=task_finished,TASK_FAILED").body("tasks.id", contains("task-0"));
    get("/state?state=TASK_FINISHED")
        .body("frameworks.id", contains(busy.frameworkId()))
        .body("frameworks[0].tasks", empty())
        .body("frameworks[0].completed_tasks.id", contains("task-0"));
    get("/state?state=TASK_SLEEPING")
        .statusCode(400)
        .body(startsWith("Expecting 'state' to be states of tasks, separated by commas, of ["));
    given()
        .contentType("application/json")
        .body("{\"type\":\"GET_TASKS\"}")
        .post(cluster.masterUrl() + "/api/v1?state=TASK_RUNNING")
        .then()
        .body("get_tasks.tasks", hasSize(2))
        .body("get_tasks.completed_tasks", empty());
  }

  @Test
  void listsHavePages() {
    get("/frameworks?limit=1").body("frameworks.id", contains(busy.frameworkId()));
    get("/frameworks?limit=1&order=desc").body("frameworks.id", contains(idle.frameworkId()));
    get("/frameworks?limit=1&offset=1").body("frameworks.id", contains(idle.frameworkId()));
    get("/frameworks?offset=100").body("frameworks", empty());
    get("/slaves?limit=0").body("slaves", empty());
    get("/slaves?limit=x").body("slaves", hasSize(1));
    get("/state?limit=1")
        .body("frameworks.id", contains(busy.frameworkId()))
        .body("frameworks[0].tasks", hasSize(2))
        .body("slaves.id", contains(agent));
    get("/state?limit=1&offset=1")
        .body("frameworks.id", contains(idle.frameworkId()))
        .body("slaves", empty());
    get("/state-summary?limit=1&order=desc")
        .body("frameworks.id", contains(idle.frameworkId()))
        .body("slaves[0].TASK_RUNNING", equalTo(2));
    get("/state-summary?offset=1").body("slaves", empty()).body("frameworks", hasSize(1));
  }

  @Test
  void rolesHavePagesByName() {
    given()
        .contentType("application/json")
        .body("[{\"role\":\"aa\",\"weight\":2},{\"role\":\"zz\",\"weight\":2}]")
        .put(cluster.masterUrl() + "/weights")
        .then()
        .statusCode(200);

    get("/roles").body("roles.name", contains("aa", "busy", "idle", "zz"));
    get("/roles?limit=1&offset=1").body("roles.name", contains("busy"));
    get("/roles?limit=2&order=desc").body("roles.name", contains("zz", "idle"));
    get("/roles?offset=4").body("roles", empty());
    get("/roles?framework_id=" + busy.frameworkId())
        .body("roles.name", contains("busy"))
        .body("roles[0].frameworks", contains(busy.frameworkId()));
    get("/roles?framework_id=nobody").body("roles", empty());
  }

  @Test
  void listsOfCallsHavePagesToo() {
    call("GET_FRAMEWORKS", "?limit=1")
        .body("get_frameworks.frameworks.framework_info.id.value", contains(busy.frameworkId()))
        // Of an agent that is on no page of this answer.
        .body("get_frameworks.frameworks[0].allocated_resources", not(empty()));
    call("GET_FRAMEWORKS", "?limit=1&order=desc")
        .body("get_frameworks.frameworks.framework_info.id.value", contains(idle.frameworkId()));
    call("GET_TASKS", "?limit=1&offset=1")
        .body("get_tasks.tasks.task_id.value", contains("task-2"))
        .body("get_tasks.completed_tasks", empty());
    call("GET_AGENTS", "?offset=1").body("get_agents.agents", empty());
    call("GET_STATE", "?limit=1")
        .body("get_state.get_tasks.tasks", hasSize(1))
        .body("get_state.get_tasks.completed_tasks", hasSize(1))
        .body("get_state.get_frameworks.frameworks", hasSize(1))
        .body("get_state.get_agents.agents", hasSize(1));
  }

  private static ValidatableResponse call(String type, String query) {
    return given()
        .contentType("application/json")
        .body("{\"type\":\"%s\"}".formatted(type))
        .post(cluster.masterUrl() + "/api/v1" + query)
        .then()
        .statusCode(200);
  }
}
