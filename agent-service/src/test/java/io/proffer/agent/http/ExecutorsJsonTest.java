package io.proffer.agent.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import io.proffer.agent.TaskMessages;
import io.proffer.agent.core.fact.ContainerId;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.core.fact.TaskKey;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.id.TaskId;
import io.proffer.api.v1.CommandInfo;
import io.proffer.api.v1.DiscoveryInfo;
import io.proffer.api.v1.HealthCheck;
import io.proffer.api.v1.Label;
import io.proffer.api.v1.Labels;
import io.proffer.api.v1.TaskInfo;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.Value;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** All that may be said of tasks, which most do not have. */
final class ExecutorsJsonTest {
  private static final FrameworkId FRAMEWORK = new FrameworkId("F");

  private static TaskInfo.Builder info(String id) {
    var info = TaskMessages.custom(id, "e");
    info.getExecutorBuilder().getCommandBuilder().setUser("nobody");
    info.getDiscoveryBuilder().setVisibility(DiscoveryInfo.Visibility.CLUSTER).setName("n");
    return info;
  }

  private static Task task(TaskInfo info, Progress progress, TaskStatus... statuses) {
    return new Task(
        new TaskKey(FRAMEWORK, TaskId.of(info.getTaskId())),
        info,
        new ContainerId("c"),
        "/w",
        progress,
        List.of(statuses),
        List.of());
  }

  private static String shown(Task... tasks) throws IOException {
    var held =
        new Held(
            FRAMEWORK,
            TaskMessages.custom("any", "e").getExecutor(),
            Optional.empty(),
            new ContainerId("c"),
            "/w",
            OptionalLong.empty(),
            true,
            "test",
            List.of(tasks),
            List.of());
    var text = new StringWriter();
    try (var out = new JsonFactory().createGenerator(text)) {
      out.writeStartObject();
      ExecutorsJson.write(out, "executors", List.of(held));
      out.writeEndObject();
    }
    return text.toString();
  }

  @Test
  void aTaskIsShownWithAllThatIsKnownOfIt() throws IOException {
    var labels = Labels.newBuilder().addLabels(Label.newBuilder().setKey("k").setValue("v"));
    var info =
        info("t")
            .putLimits("cpus", Value.Scalar.newBuilder().setValue(2).build())
            .setHealthCheck(HealthCheck.newBuilder().setType(HealthCheck.Type.TCP))
            .build();
    var status =
        TaskStatus.newBuilder()
            .setTaskId(info.getTaskId())
            .setState(TaskState.TASK_RUNNING)
            .setTimestamp(1.5)
            .setHealthy(true)
            .setLabels(labels)
            .build();

    var shown = shown(task(info, new Progress.Delivered(), status));

    assertTrue(
        shown.contains(
            """
            "tasks":[{"id":"t","name":"t","framework_id":"F","executor_id":"e",\
            "slave_id":"master-S0","state":"TASK_RUNNING",\
            "resources":{"disk":0.0,"mem":0.0,"gpus":0.0,"cpus":0.1},"limits":{"cpus":2.0},\
            "role":"test","statuses":[{"state":"TASK_RUNNING","timestamp":1.5,\
            "labels":[{"key":"k","value":"v"}],"healthy":true}],"user":"nobody",\
            "discovery":{"visibility":"CLUSTER","name":"n"},"health_check":{"delay_seconds":15.0,\
            """),
        shown);
  }

  @Test
  void oneThatWaitsForItsExecutorIsShownAsItsFrameworkDescribedIt() throws IOException {
    var info =
        info("q")
            .setCommand(
                CommandInfo.newBuilder().setShell(false).setValue("/bin/x").addArguments("a"))
            .build();

    var shown = shown(task(info, new Progress.Queued()));

    assertTrue(
        shown.contains(
            """
            "queued_tasks":[{"id":"q","name":"q","slave_id":"master-S0",\
            "resources":{"disk":0.0,"mem":0.0,"gpus":0.0,"cpus":0.1},"role":"test",\
            "command":{"shell":false,"value":"/bin/x","argv":["a"],"uris":[]},\
            "executor_id":"e","discovery":{"visibility":"CLUSTER","name":"n"}}],"""),
        shown);
  }

  @Test
  void bothFormsNameTheSameUser() throws IOException {
    var task = task(info("t").build(), new Progress.Delivered());
    assertTrue(shown(task).contains("\"user\":\"nobody\""));
    assertEquals("nobody", V1Messages.task(task).getUser());
  }
}
