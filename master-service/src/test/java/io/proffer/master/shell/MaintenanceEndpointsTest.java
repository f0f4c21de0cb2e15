package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Maintenance by plain endpoints; JSON has single quotes for double ones. */
@Timeout(60)
class MaintenanceEndpointsTest {
  private static final String MACHINE = "{'hostname':'spare','ip':'127.0.0.9'}";
  private static final String SCHEDULE =
      "{'windows':[{'machine_ids':["
          + MACHINE
          + "],'unavailability':{'start':{'nanoseconds':7}}}]}";

  private RunningMaster master;

  @BeforeEach
  void start() throws Exception {
    master = RunningMaster.start();
  }

  @AfterEach
  void stop() throws Exception {
    master.close();
  }

  private String send(String method, String path, String body) throws Exception {
    var publisher = HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'));
    var answer = master.send(master.request(path).method(method, publisher));
    return answer.statusCode() + " " + answer.body().replace('"', '\'');
  }

  @Test
  void aMachineIsPlannedGoesAndComesBack() throws Exception {
    assertEquals("200 ", send("POST", "/maintenance/schedule", SCHEDULE));
    assertEquals("200 " + SCHEDULE, send("GET", "/master/maintenance/schedule", ""));
    assertEquals(
        "200 {'draining_machines':[{'id':" + MACHINE + "}]}",
        send("GET", "/maintenance/status", ""));
    assertEquals("200 ", send("POST", "/master/machine/down", "[" + MACHINE + "]"));
    assertEquals("200 {'down_machines':[" + MACHINE + "]}", send("GET", "/maintenance/status", ""));
    assertEquals("200 ", send("POST", "/machine/up", "[" + MACHINE + "]"));
    assertEquals("200 {}", send("GET", "/maintenance/status", ""));
    assertEquals("200 {}", send("GET", "/maintenance/schedule", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/maintenance/schedule|{|syntax error at line 1 near: ",
        "/maintenance/schedule|{'windows':[{'machine_ids':[],'unavailability':{'start':"
            + "{'nanoseconds':0}}}]}|List of machines in the maintenance window is empty",
        "/machine/down|[]|List of machines is empty",
        "/machine/down|[{'hostname':'zz'}]|Machine '{'hostname':'zz'}' is not part of a"
            + " maintenance schedule",
        "/machine/up|{}|Unexpected JSON type parsed",
        "/machine/up|[7]|Expecting a JSON object",
        "/machine/up|[]|List of machines is empty"
      })
  void whatIsWrongIsRefusedWithASentence(String path, String body, String expected)
      throws Exception {
    assertEquals("400 " + expected, send("POST", path, body).stripTrailing());
  }

  @Test
  void machinesAreTakenByPostOnly() throws Exception {
    for (var path : java.util.List.of("/machine/down", "/machine/up")) {
      assertEquals(
          "405 405 Method Not Allowed. Expecting one of { 'POST' }, but received 'GET'.",
          send("GET", path, ""));
    }
  }
}
