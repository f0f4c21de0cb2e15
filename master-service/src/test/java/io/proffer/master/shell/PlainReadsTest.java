package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.v1.scheduler.Event;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plain reads of a master with an agent and a framework that is offered all it has. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlainReadsTest {
  private RunningMaster master;
  private ScriptedAgent agent;
  private ScriptedScheduler scheduler;

  @BeforeAll
  void start() throws Exception {
    master = RunningMaster.start(Map.of("registry", "in_memory", "cluster", "test"));
    agent = ScriptedAgent.register(master, ScriptedAgent.subscription());
    scheduler = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build());
    scheduler.next(Event.Type.OFFERS);
  }

  @AfterAll
  void stop() throws Exception {
    scheduler.close();
    agent.close();
    master.close();
  }

  private String get(String path) throws Exception {
    return master
        .get(path)
        .body()
        .replace(scheduler.id().getValue(), "F")
        .replace(agent.id().getValue(), "A");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/weights|[]",
        "/master/weights|[]",
        "/quota|{}",
        "/maintenance/schedule|{}",
        "/maintenance/schedule?jsonp=cb|cb({})",
        "/master/maintenance/status|{}"
      })
  void whatNobodyHasSetIsEmpty(String path, String body) throws Exception {
    assertEquals(body, get(path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "/weights|'GET', 'PUT'",
        "/quota|'GET', 'POST', 'DELETE'",
        "/maintenance/schedule|'GET', 'POST'",
        "/maintenance/status|'GET'",
        "/teardown|'POST'"
      })
  void anotherMethodIsRefused(String path, String expected) throws Exception {
    var answer =
        master.send(master.request(path).method("PATCH", HttpRequest.BodyPublishers.noBody()));

    assertEquals(405, answer.statusCode());
    assertEquals(
        "405 Method Not Allowed. Expecting one of { " + expected + " }, but received 'PATCH'.",
        answer.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/master/files/browse",
        "/master/logging/toggle",
        "/master/system/stats.json",
        "/roles.json",
        "/state-summary.json"
      })
  void somePathsAreNotThere(String path) throws Exception {
    assertEquals("404 Not Found.", get(path));
  }

  @Test
  void theSummaryHasNoTasksButTheirNumbers() throws Exception {
    var counts =
        "\"TASK_STAGING\":0,\"TASK_STARTING\":0,\"TASK_RUNNING\":0,\"TASK_KILLING\":0,"
            + "\"TASK_FINISHED\":0,\"TASK_KILLED\":0,\"TASK_FAILED\":0,\"TASK_LOST\":0,"
            + "\"TASK_ERROR\":0,\"TASK_UNREACHABLE\":0,";
    var body = get("/state-summary");

    assertTrue(body.startsWith("{\"hostname\":"), body);
    assertTrue(
        body.contains(",\"cluster\":\"test\",\"slaves\":[{\"id\":\"A\",\"hostname\":"), body);
    assertTrue(
        body.contains("]," + counts + "\"framework_ids\":[]}],\"frameworks\":[{\"id\":\"F\","),
        body);
    assertTrue(body.endsWith("\"recovered\":false," + counts + "\"slave_ids\":[]}]}"), body);
  }

  @Test
  void rolesAreShownWithWhatTheyHold() throws Exception {
    assertEquals(
        "{\"roles\":[{\"name\":\"r\",\"weight\":1.0,\"quota\":{\"role\":\"r\",\"guarantee\":{},"
            + "\"limit\":{},\"consumed\":{}},\"resources\":{\"cpus\":4.0,\"mem\":4096.0},"
            + "\"allocated\":{},\"offered\":{\"cpus\":4.0,\"mem\":4096.0},\"reserved\":{},"
            + "\"frameworks\":[\"F\"]}]}",
        get("/roles"));
  }

  @Test
  void constraintsAreShownWithTheAgentsTheyExclude() throws Exception {
    assertEquals(
        "{\"frameworks\":{\"F\":{\"suppressed_roles\":[],\"excluded_by_attribute_constraints\":{}}}}",
        get("/hierarchical-allocator(1)/offer_constraints_debug"));
  }

  @Test
  void flagsAreThoseOfTheState() throws Exception {
    var flags = get("/flags");

    assertTrue(get("/state").contains(flags.substring(1, flags.length() - 1)), flags);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "level=1|Expecting 'duration=value' in query.",
        "duration=1secs|Expecting 'level=value' in query.",
        "level=x&duration=1secs|Failed to convert 'x' to number.",
        "level=1&duration=x|Failed to convert '' to number."
      })
  void whatTheLogCannotBeSetToIsRefused(String query, String words) throws Exception {
    var answer = master.get("/logging/toggle?" + query);

    assertEquals(400, answer.statusCode());
    assertEquals(words + "\n", answer.body());
  }

  @Test
  void theHostIsTold() throws Exception {
    assertTrue(get("/system/stats.json").contains("\"cpus_total\":"));
  }
}
