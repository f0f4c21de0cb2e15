package io.proffer.cli.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.proffer.cli.client.ClientException;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TargetTest {
  private static JsonNode tasks(String... tasks) throws IOException {
    return new ObjectMapper().readTree("[" + String.join(",", tasks) + "]");
  }

  private static String task(String framework, String executor, String state) {
    return """
        {"framework_id":"%s","executor_id":"%s","slave_id":"S1","state":"%s"}"""
        .formatted(framework, executor, state);
  }

  @Test
  void theExecutorOfACommandTaskHasItsId() throws Exception {
    var target = Target.of("t", tasks(task("F", "", "TASK_RUNNING")), Optional.empty());
    assertEquals(new Target("F", "t", "latest", "S1", false), target);
    assertEquals("/frameworks/F/executors/t/runs/latest/stderr", target.path("stderr"));
  }

  @Test
  void theNewestOfOneFrameworkIsMeant() throws Exception {
    var tasks = tasks(task("F", "E", "TASK_FAILED"), task("F", "old", "TASK_FINISHED"));
    assertEquals(
        new Target("F", "E", "latest", "S1", true), Target.of("t", tasks, Optional.empty()));
  }

  @Test
  void theRunIsTheOneThatItsLatestStatusTells() throws Exception {
    var task =
        """
        {"framework_id":"F","executor_id":"E","slave_id":"S1","state":"TASK_LOST","statuses":[
          {"state":"TASK_STARTING","container_status":{"container_id":{"value":"c1"}}},
          {"state":"TASK_RUNNING","container_status":{"container_id":{"value":"c2"}}},
          {"state":"TASK_LOST"}]}""";
    assertEquals(
        "/frameworks/F/executors/E/runs/c2/stdout",
        Target.of("t", tasks(task), Optional.empty()).path("stdout"));
  }

  @Test
  void aContainerWithinAnotherHasNoRunOfItsOwn() throws Exception {
    var task =
        """
        {"framework_id":"F","executor_id":"E","slave_id":"S1","state":"TASK_RUNNING","statuses":[
          {"container_status":{"container_id":{"value":"c1","parent":{"value":"p"}}}}]}""";
    assertEquals("latest", Target.of("t", tasks(task), Optional.empty()).run());
  }

  @Test
  void whatIsNotClearIsAskedFor() throws Exception {
    var tasks = tasks(task("F", "", "TASK_RUNNING"), task("G", "", "TASK_RUNNING"));
    var unclear =
        assertThrows(ClientException.class, () -> Target.of("t", tasks, Optional.empty()));
    assertEquals(
        "There is a task 't' in each of these frameworks: F, G. Choose one with --framework.",
        unclear.getMessage());
    assertEquals("G", Target.of("t", tasks, Optional.of("G")).framework());
    assertThrows(ClientException.class, () -> Target.of("t", tasks, Optional.of("H")));
  }
}
