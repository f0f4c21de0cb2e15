package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** scheduler-api, section 1, row by row; the rows of the core's own are in its tests. */
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchedulerRulesTest {
  private static final String J = "application/json";
  private static final String NO_TYPE =
      "Failed to validate scheduler::Call: Expecting 'type' to be present";
  private static final String WRONG_TYPE =
      "Expecting 'Content-Type' of application/json or application/x-protobuf";
  private static final String NOT_ACCEPTABLE =
      "Expecting 'Accept' to allow 'application/x-protobuf' or 'application/json'";
  private static final String SUBSCRIBE =
      "{'type':'SUBSCRIBE','subscribe':{'framework_info':{'user':'u','name':'n'}}}";
  private static final String REVIVE = "{'type':'REVIVE','framework_id':{'value':'nobody'}}";

  private RunningMaster master;

  /**
   * One row.
   *
   * @param contentType empty for none
   * @param headers names and values in turn
   * @param body with single quotes for double ones
   */
  record Row(
      String method,
      String contentType,
      List<String> headers,
      String body,
      int status,
      String text) {
    static Row post(String body, int status, String text) {
      return new Row("POST", J, List.of(), body, status, text);
    }

    Row with(String name, String value) {
      var more = new ArrayList<>(headers);
      more.addAll(List.of(name, value));
      return new Row(method, contentType, more, body, status, text);
    }

    Row of(String type) {
      return new Row(method, type, headers, body, status, text);
    }
  }

  static List<Row> rows() {
    var convert = "Failed to convert JSON into Call protobuf: ";
    var syntax = "Failed to parse body into JSON: ";
    return List.of(
        method("GET"),
        method("PUT"),
        method("DELETE"),
        method("OPTIONS"),
        Row.post(SUBSCRIBE, 400, "Expecting 'Content-Type' to be present").of(""),
        Row.post(SUBSCRIBE, 415, WRONG_TYPE).of("text/plain"),
        Row.post(SUBSCRIBE, 415, WRONG_TYPE).of("application/json; charset=utf-8"),
        Row.post(SUBSCRIBE, 415, WRONG_TYPE).of("Application/JSON"),
        Row.post(SUBSCRIBE, 415, WRONG_TYPE).of("application/recordio"),
        Row.post("garbage", 400, "Failed to parse body into Call protobuf")
            .of("application/x-protobuf"),
        Row.post("", 400, syntax + "syntax error at line 1 near: "),
        Row.post("hello", 400, syntax + "syntax error at line 1 near: hello"),
        Row.post(
            "{'type':'REVIVE'} x",
            400,
            syntax + "Parsed JSON included non-whitespace trailing characters:  x"),
        Row.post("[]", 400, convert + "Expecting a JSON object"),
        Row.post("null", 400, convert + "Expecting a JSON object"),
        Row.post(
            "{'type':'SUBSCRIBE','subscribe':{}}",
            400,
            convert + "Missing required fields: subscribe.framework_info"),
        Row.post(
            "{'type':'SUBSCRIBE','subscribe':{'framework_info':{}}}",
            400,
            convert
                + "Missing required fields: subscribe.framework_info.user,"
                + " subscribe.framework_info.name"),
        Row.post(
            "{'type':'MESSAGE','message':{'data':'a%b'}}",
            400, convert + "Failed to base64 decode bytes field 'data': Invalid character '%'"),
        Row.post(
            "{'framework_id':'x','type':'REVIVE'}",
            400,
            convert + "Not expecting a JSON string for field 'framework_id'"),
        Row.post(
            "{'accept':{'operations':{'launch':{'task_infos':{'resources':{'type':'X'}}}}}}",
            400,
            convert + "Failed to find enum for 'X'"),
        Row.post(
            "{'framework_id':{'value':7},'type':'REVIVE'}",
            400,
            convert + "Not expecting a JSON number for field 'value'"),
        Row.post("{}", 400, NO_TYPE),
        Row.post("{'type':'revive'}", 400, NO_TYPE),
        Row.post("{'type':'NO_SUCH'}", 400, NO_TYPE),
        Row.post("{'type':5}", 400, convert + "Not expecting a JSON number for field 'type'"),
        Row.post(
            "{'type':'REVIVE'}",
            400,
            "Failed to validate scheduler::Call: Expecting 'framework_id' to be present"),
        Row.post(
            "{'type':'KILL','framework_id':{'value':'nobody'}}",
            400,
            "Failed to validate scheduler::Call: Expecting 'kill' to be present"),
        Row.post(SUBSCRIBE, 406, NOT_ACCEPTABLE).with("Accept", "text/html"),
        Row.post(SUBSCRIBE, 406, NOT_ACCEPTABLE)
            .with("Accept", "application/json;q=0, application/x-protobuf;q=0.0"),
        Row.post(
                "{'type':'RECONCILE_OPERATIONS','framework_id':{'value':'x'},"
                    + "'reconcile_operations':{}}",
                406,
                NOT_ACCEPTABLE)
            .with("Accept", "text/html"),
        Row.post(REVIVE, 400, "Framework cannot be found").with("Accept", "text/html"),
        Row.post(SUBSCRIBE, 400, "Subscribe calls should not include the 'Mesos-Stream-Id' header")
            .with("Mesos-Stream-Id", "x"),
        Row.post(REVIVE, 400, "Framework cannot be found"),
        Row.post(
            "{'type':'UNKNOWN','framework_id':{'value':'x'}}", 400, "Framework cannot be found"),
        Row.post(
            "{'type':'DECLINE','framework_id':{'value':'x'},'decline':{'offer_ids':{'value':'o'},"
                + "'filters':{'refuse_seconds':'5'}},'unknown':[1,{}]}",
            400,
            "Framework cannot be found"));
  }

  @BeforeAll
  void start() {
    master = RunningMaster.start();
  }

  @AfterAll
  void stop() {
    master.close();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void eachRowIsAnsweredAsDocumented(Row row) throws Exception {
    for (var path : List.of("/api/v1/scheduler", "/master/api/v1/scheduler/")) {
      var request =
          master
              .request(path)
              .method(
                  row.method(), HttpRequest.BodyPublishers.ofString(row.body().replace('\'', '"')));
      if (!row.contentType().isEmpty()) {
        request.header("Content-Type", row.contentType());
      }
      if (!row.headers().isEmpty()) {
        request.headers(row.headers().toArray(String[]::new));
      }

      var answer = master.send(request);

      assertEquals(row.text(), answer.body());
      assertEquals(row.status(), answer.statusCode());
      assertEquals(
          Optional.of("text/plain; charset=utf-8"), answer.headers().firstValue("Content-Type"));
    }
  }

  @Test
  void otherMethodsAreToldWhichOneIsMeantAndHeadHasNoBody() throws Exception {
    for (var method : List.of("GET", "PUT", "DELETE", "OPTIONS", "HEAD")) {
      var request = master.request("/api/v1/scheduler");

      var answer = master.send(request.method(method, HttpRequest.BodyPublishers.noBody()));

      assertEquals(405, answer.statusCode());
      assertEquals(Optional.of("POST"), answer.headers().firstValue("Allow"));
      assertEquals(method.equals("HEAD"), answer.body().isEmpty());
    }
  }

  private static Row method(String method) {
    return new Row(
        method,
        J,
        List.of(),
        SUBSCRIBE,
        405,
        "405 Method Not Allowed. Expecting one of { 'POST' }, but received '" + method + "'.");
  }
}
