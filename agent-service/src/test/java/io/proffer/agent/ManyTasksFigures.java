package io.proffer.agent;

import io.proffer.agent.masterlink.DoubleMaster;
import io.proffer.api.flags.Flags;
import io.proffer.api.internal.FromAgent;
import io.proffer.api.internal.ToAgent;
import io.proffer.api.v1.FrameworkInfo;
import io.proffer.api.v1.TaskState;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How fast one agent runs tasks that do nothing. By hand: the first argument is how many, the
 * second how many milliseconds lie between two launches (0: all at once).
 */
public final class ManyTasksFigures {
  private static final FrameworkInfo FRAMEWORK = TaskMessages.framework("F");

  private ManyTasksFigures() {}

  public static void main(String[] arguments) throws Exception {
    var count = Integer.parseInt(arguments[0]);
    var pauseMs = Integer.parseInt(arguments[1]);
    var vertx = Vertx.vertx();
    var launched = new ConcurrentHashMap<String, Long>();
    var running = new ConcurrentHashMap<String, Long>();
    var finished = new CountDownLatch(count);
    try (var master = new DoubleMaster(vertx, 0)) {
      master.onRecord(
          record -> {
            if (!record.hasUpdate()) {
              return;
            }
            var update = record.getUpdate();
            var task = update.getStatus().getTaskId().getValue();
            if (update.getStatus().getState() == TaskState.TASK_RUNNING) {
              running.put(task, System.nanoTime() - launched.get(task));
            } else if (update.getStatus().getState() == TaskState.TASK_FINISHED) {
              finished.countDown();
            }
            acknowledge(master, update);
          });
      var flags =
          Map.of(
              "master",
              "127.0.0.1:" + master.port(),
              "work_dir",
              Files.createTempDirectory("agent-figures").toString(),
              "port",
              "0",
              "registration_backoff_factor",
              "10ms");
      try (var agent = AgentAssembly.start(Flags.fill(new AgentConfig(), flags))) {
        master.awaitSubscription();
        var start = System.nanoTime();
        for (var i = 0; i < count; i++) {
          var id = "t" + i;
          var run = TaskMessages.run(FRAMEWORK, TaskMessages.task(id, "true"));
          launched.put(id, System.nanoTime());
          master.send(record -> record.setRunTask(run));
          TimeUnit.MILLISECONDS.sleep(pauseMs);
        }
        finished.await();
        var seconds = (System.nanoTime() - start) / 1e9;
        var latencies = running.values().stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
            "agent on port %d: %d tasks in %.2f s, %.0f/s; to TASK_RUNNING p50 %.1f ms, p99 %.1f"
                + " ms%n",
            agent.port(),
            count,
            seconds,
            count / seconds,
            latencies[count / 2] / 1e6,
            latencies[count * 99 / 100] / 1e6);
        System.out.println(Arrays.stream(latencies).count() + " reported TASK_RUNNING");
      }
    }
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static void acknowledge(DoubleMaster master, FromAgent.Update update) {
    var acknowledge =
        ToAgent.AcknowledgeUpdate.newBuilder()
            .setFrameworkId(update.getFrameworkId())
            .setTaskId(update.getStatus().getTaskId())
            .setUuid(update.getStatus().getUuid());
    master.send(record -> record.setAcknowledgeUpdate(acknowledge));
  }
}
