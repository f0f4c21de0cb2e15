package io.proffer.api.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.proffer.api.json.JsonCodec;
import io.proffer.api.v1.RateLimits;
import io.proffer.api.v1.scheduler.Call;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallNoteTest {
  private static final String ACCEPT =
      """
      {"type": "ACCEPT", "framework_id": {"value": "f"}, "accept": {
        "offer_ids": [{"value": "o"}],
        "operations": [{"type": "LAUNCH", "launch": {"task_infos": [
          {"name": "n", "task_id": {"value": "t1"}, "agent_id": {"value": "a"},
           "command": {"value": "echo", "environment": {"variables": [
             {"name": "PASSWORD", "value": "hunter2"}]}}},
          {"name": "n", "task_id": {"value": "t2"}, "agent_id": {"value": "a"}}]}}]}}
      """;

  @Test
  void aCallIsKnownByItsTypeAndWhatItIsAbout() throws Exception {
    var note = CallNote.of(call(ACCEPT));
    assertEquals("ACCEPT", note.type());
    assertEquals(
        Map.of("frameworks", List.of("f"), "agents", List.of("a"), "tasks", List.of("t1", "t2")),
        note.ids());
    assertTrue(note.isWhole());
    assertEquals("", CallNote.of(RateLimits.getDefaultInstance()).type());
    assertEquals("", CallNote.of(Call.getDefaultInstance()).type());
  }

  @Test
  void aLineSaysWhoDidWhatAndNothingThatMayBeSecret() throws Exception {
    var out = new ByteArrayOutputStream();
    new AuditLine(
            Instant.parse("2026-01-02T03:04:05.678Z"),
            "master",
            Optional.of("alice"),
            "127.0.0.1:1234",
            "POST",
            "/api/v1/scheduler",
            Optional.of(CallNote.of(call(ACCEPT))),
            202,
            1_234_567)
        .write(out);
    assertEquals(
        """
        {"time":"2026-01-02T03:04:05.678Z","service":"master","principal":"alice",\
        "peer":"127.0.0.1:1234","method":"POST","path":"/api/v1/scheduler","call":"ACCEPT",\
        "agents":["a"],"frameworks":["f"],"tasks":["t1","t2"],"status":202,"ms":1.235}
        """,
        out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void ofManyTasksTheFirstAreThere() {
    var call = Call.newBuilder().setType(Call.Type.ACCEPT);
    var launch = call.getAcceptBuilder().addOperationsBuilder().getLaunchBuilder();
    for (var i = 0; i < 10_000; i++) {
      launch.addTaskInfosBuilder().getTaskIdBuilder().setValue("t" + i);
    }
    var note = CallNote.of(call.buildPartial());
    assertEquals(32, note.ids().get("tasks").size());
    assertFalse(note.isWhole());
  }

  @Test
  void longIdsAreCut() {
    var call = Call.newBuilder().setType(Call.Type.TEARDOWN);
    call.getFrameworkIdBuilder().setValue("x".repeat(1_000_000));
    assertEquals(
        List.of("x".repeat(256) + "..."), CallNote.of(call.build()).ids().get("frameworks"));
  }

  private static Call call(String json) throws Exception {
    return JsonCodec.decode(json.getBytes(StandardCharsets.UTF_8), Call.getDefaultInstance());
  }
}
