package io.proffer.master.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.google.protobuf.Message;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.v1.FrameworkID;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.api.v1.scheduler.Event;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** scheduler-api, section 1, rows 11 to 18: calls in the name of a framework that is there. */
@Timeout(30)
class SubscribedRulesTest {
  private static final String OTHER = "00000000-0000-0000-0000-000000000000";

  private RunningMaster master;

  @BeforeEach
  void start() {
    master = RunningMaster.start();
  }

  @AfterEach
  void stop() {
    master.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {RunningMaster.JSON, RunningMaster.PROTOBUF})
  void theStreamIdIsNeededAndMustBeTheCurrentOne(String type) throws Exception {
    try (var scheduler = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build())) {
      var revive = call(Call.Type.REVIVE, scheduler.id());
      var current = scheduler.stream().header("Mesos-Stream-Id");

      assertAnswer(202, "", post(type, revive, Optional.of(current)));
      assertAnswer(
          400,
          "All non-subscribe calls should include the 'Mesos-Stream-Id' header",
          post(type, revive, Optional.empty()));
      for (var wrong : new String[] {OTHER, "x"}) {
        assertAnswer(
            400,
            "The stream ID '"
                + wrong
                + "' included in this request didn't match the stream ID currently associated with"
                + " framework ID "
                + scheduler.id().getValue(),
            post(type, revive, Optional.of(wrong)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {RunningMaster.JSON, RunningMaster.PROTOBUF})
  void anUnknownTypeIsJudgedLastAndNotImplemented(String type) throws Exception {
    try (var scheduler = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build())) {
      var unknown = call(Call.Type.UNKNOWN, scheduler.id());

      assertAnswer(
          400,
          "All non-subscribe calls should include the 'Mesos-Stream-Id' header",
          post(type, unknown, Optional.empty()));
      assertAnswer(
          501,
          "501 Not Implemented.",
          post(type, unknown, Optional.of(scheduler.stream().header("Mesos-Stream-Id"))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {RunningMaster.JSON, RunningMaster.PROTOBUF})
  void aFrameworkWhoseStreamEndedIsNotSubscribedAndOneThatIsGoneCannotBeFound(String type)
      throws Exception {
    var staying = ScriptedScheduler.subscribe(master, ScriptedScheduler.info().build());
    var leaving =
        ScriptedScheduler.subscribe(master, ScriptedScheduler.info().setFailoverTimeout(0).build());
    staying.close();
    leaving.close();

    // The master learns of the end of a stream when its socket says so: ask until it has.
    awaitAnswer(403, "Framework is not subscribed", type, staying);
    awaitAnswer(400, "Framework cannot be found", type, leaving);
    var again = ScriptedScheduler.info().setId(leaving.id()).build();
    try (var refused = ScriptedScheduler.open(master, again, type)) {
      assertEquals(
          "Framework has been removed", refused.next(Event.Type.ERROR).getError().getMessage());
      assertNull(refused.next());
    }
  }

  private void awaitAnswer(int status, String text, String type, ScriptedScheduler scheduler)
      throws Exception {
    var revive = call(Call.Type.REVIVE, scheduler.id());
    var stream = Optional.of(scheduler.stream().header("Mesos-Stream-Id"));
    var answer = post(type, revive, stream);
    for (int i = 0; i < 1000 && answer.statusCode() != status; i++) {
      answer = post(type, revive, stream);
    }
    assertAnswer(status, text, answer);
  }

  private static Call call(Call.Type type, FrameworkID framework) {
    return Call.newBuilder().setType(type).setFrameworkId(framework).build();
  }

  private HttpResponse<String> post(String type, Message call, Optional<String> stream)
      throws Exception {
    var body = type.equals(RunningMaster.JSON) ? JsonCodec.encode(call) : call.toByteArray();
    var request =
        master
            .request("/api/v1/scheduler")
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    stream.ifPresent(id -> request.header("mesos-stream-id", id));
    return master.send(request);
  }

  private static void assertAnswer(int status, String text, HttpResponse<String> answer) {
    assertEquals(text, answer.body());
    assertEquals(status, answer.statusCode());
  }
}
