package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.v1.scheduler.Event;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of operators to a master with an agent and a framework that is offered all it has. */
@Timeout(60)
class OperatorCallsTest {
  private static final String NO_FRAMEWORK = "No framework found with specified ID";

  @TempDir Path directory;
  private Path log;
  private RunningMaster master;
  private ScriptedAgent agent;
  private ScriptedScheduler scheduler;

  @BeforeEach
  void start() throws Exception {
    log = Files.writeString(directory.resolve("log"), "first line\nsecond line\n");
    master =
        RunningMaster.start(Map.of("registry", "in_memory", "external_log_file", log.toString()));
    agent = ScriptedAgent.register(master, ScriptedAgent.subscription());
    scheduler = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build());
    scheduler.next(Event.Type.OFFERS);
  }

  @AfterEach
  void stop() throws Exception {
    scheduler.close();
    agent.close();
    master.close();
  }

  private String operator(String call) throws Exception {
    return master.operator(call.replace('\'', '"'));
  }

  private String teardown(String form) throws Exception {
    var answer =
        master.send(master.request("/teardown").POST(HttpRequest.BodyPublishers.ofString(form)));
    return answer.statusCode() + " " + answer.body();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET_METRICS",
        "SET_LOGGING_LEVEL",
        "LIST_FILES",
        "READ_FILE",
        "TEARDOWN",
        "UPDATE_WEIGHTS",
        "DRAIN_AGENT",
        "MARK_AGENT_GONE"
      })
  void aCallWithoutItsPartIsRefused(String type) throws Exception {
    assertEquals(
        "Failed to validate master::Call: Expecting '"
            + type.toLowerCase(java.util.Locale.ROOT)
            + "' to be present",
        operator("{'type':'" + type + "'}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "GET_OPERATIONS|,'get_operations':{}",
        "GET_WEIGHTS|\"\"",
        "GET_QUOTA|,'get_quota':{'status':{}}",
        "GET_MAINTENANCE_STATUS|,'get_maintenance_status':{'status':{}}",
        "GET_MAINTENANCE_SCHEDULE|,'get_maintenance_schedule':{'schedule':{}}"
      })
  void whatNobodyHasSetIsEmpty(String type, String body) throws Exception {
    assertEquals(
        ("{'type':'" + type + "'" + body + "}").replace('\'', '"'),
        operator("{'type':'" + type + "'}"));
  }

  @Test
  void flagsAndFiguresAreListsOfNamesAndValues() throws Exception {
    assertTrue(
        operator("{'type':'GET_FLAGS'}")
            .contains("{\"name\":\"external_log_file\",\"value\":\"" + log + "\"}"));
    assertTrue(
        operator("{'type':'GET_METRICS','get_metrics':{'timeout':{'nanoseconds':5000000000}}}")
            .contains("{\"name\":\"master/turns/Subscribe/count\",\"value\":"));
  }

  @Test
  void theLevelOfTheLogIsSetForATime() throws Exception {
    var hour = "'duration':{'nanoseconds':3600000000000}";

    assertEquals(
        "", operator("{'type':'SET_LOGGING_LEVEL','set_logging_level':{'level':0," + hour + "}}"));
    assertEquals(
        "{\"type\":\"GET_LOGGING_LEVEL\",\"get_logging_level\":{\"level\":0}}",
        operator("{'type':'GET_LOGGING_LEVEL'}"));
    assertEquals("0\n", master.get("/logging/toggle").body());
  }

  @Test
  void theLogIsShownAsTheOneFileThereIs() throws Exception {
    assertEquals(
        "{\"type\":\"LIST_FILES\",\"list_files\":{}}",
        operator("{'type':'LIST_FILES','list_files':{'path':'/master/log'}}"));
    assertEquals(
        "{\"type\":\"READ_FILE\",\"read_file\":{\"size\":23,\"data\":\"bGluZQ==\"}}",
        operator("{'type':'READ_FILE','read_file':{'path':'/master/log','offset':6,'length':4}}"));
    assertEquals("", operator("{'type':'LIST_FILES','list_files':{'path':'/master'}}"));
    assertEquals("[]", master.get("/files/browse?path=/master/log").body());
    assertEquals(
        "{\"data\":\"first\",\"offset\":0}",
        master.get("/files/read?path=/master/log&offset=0&length=5").body());
    assertEquals("{\"/master/log\":\"" + log + "\"}", master.get("/files/debug").body());
    assertEquals(Files.readString(log), master.get("/files/download?path=/master/log").body());
    assertEquals(404, master.get("/files/read?path=/master/log/../log&offset=0").statusCode());
  }

  @Test
  void aLogThatIsNotThereIsNotShown() throws Exception {
    Files.delete(log);

    assertEquals("{}", master.get("/files/debug").body());
    assertEquals(404, master.get("/files/browse?path=/master/log").statusCode());
  }

  @Test
  void rolesTellWhatTheyHoldAndWho() throws Exception {
    assertEquals(
        "{\"type\":\"GET_ROLES\",\"get_roles\":{\"roles\":[{\"name\":\"r\",\"weight\":1.0,"
            + "\"frameworks\":[{\"value\":\"F\"}],\"resources\":["
            + "{\"name\":\"cpus\",\"type\":\"SCALAR\",\"scalar\":{\"value\":4.0}},"
            + "{\"name\":\"mem\",\"type\":\"SCALAR\",\"scalar\":{\"value\":4096.0}}]}]}}",
        operator("{'type':'GET_ROLES'}").replace(scheduler.id().getValue(), "F"));
  }

  @Test
  void aFrameworkIsTornDownOnce() throws Exception {
    var id = scheduler.id().getValue();
    var call = "{'type':'TEARDOWN','teardown':{'framework_id':{'value':'" + id + "'}}}";

    assertEquals("", operator(call));
    assertEquals(NO_FRAMEWORK, operator(call));
    assertTrue(
        master.get("/frameworks").body().startsWith("{\"frameworks\":[],\"completed_frameworks\""));
  }

  @Test
  void aFormDoesTheSame() throws Exception {
    assertEquals("400 Missing 'frameworkId' query parameter in the request body", teardown("x=y"));
    assertEquals("400 " + NO_FRAMEWORK, teardown("frameworkId=nope"));
    assertTrue(teardown("frameworkId=%zz").startsWith("400 Unable to decode query string: "));
    assertEquals("200 ", teardown("frameworkId=" + scheduler.id().getValue()));
  }
}
