package io.proffer.agent.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.agent.core.fact.Progress;
import io.proffer.agent.core.fact.Snapshot;
import io.proffer.agent.core.fact.Task;
import io.proffer.agent.monitor.ProcessMonitor;
import io.proffer.agent.monitor.Usage;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonNumbers;
import io.proffer.api.resource.Resources;
import io.proffer.api.v1.ContainerID;
import io.proffer.api.v1.ContainerStatus;
import io.proffer.api.v1.ExecutorID;
import io.proffer.api.v1.ResourceStatistics;
import io.proffer.api.v1.agent.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The containers that hold something, and what they use: {@code /containers}, {@code
 * /monitor/statistics}, GET_CONTAINERS.
 */
final class Containers {
  private static final JsonFactory JSON = new JsonFactory();
  private static final long MEGABYTE = 1024 * 1024;
  private static final Answer WRONG_QUERY =
      Answer.text(
          400,
          "Supported query parameters are container_id only, framework_id only, or executor_id and"
              + " framework_id only");

  private final Reads reads;
  private final ProcessMonitor monitor;

  Containers(Reads reads, ProcessMonitor monitor) {
    this.reads = reads;
    this.monitor = monitor;
  }

  /** {@code /containers}: all, one, those of a framework or of an executor. */
  void containers(Exchange exchange) {
    var container = exchange.query("container_id");
    var framework = exchange.query("framework_id");
    var executor = exchange.query("executor_id");
    if ((container.isPresent() && (framework.isPresent() || executor.isPresent()))
        || (executor.isPresent() && framework.isEmpty())) {
      exchange.answer(WRONG_QUERY);
      return;
    }
    list(
        exchange,
        true,
        task ->
            container.map(task.container().value()::equals).orElse(true)
                && framework.map(task.key().framework().value()::equals).orElse(true)
                && executor.map(task.key().task().value()::equals).orElse(true));
  }

  /** {@code /monitor/statistics}. */
  void statistics(Exchange exchange) {
    list(exchange, false, task -> true);
  }

  private void list(Exchange exchange, boolean whole, Predicate<Task> wanted) {
    reads.read(
        exchange, snapshot -> exchange.answerJson(out -> write(snapshot, whole, wanted, out)));
  }

  private void write(Snapshot snapshot, boolean whole, Predicate<Task> wanted, OutputStream to)
      throws IOException {
    try (var out = JSON.createGenerator(to)) {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      out.writeStartArray();
      for (var task : snapshot.tasks()) {
        if (isHeld(task) && wanted.test(task)) {
          write(task, whole, out);
        }
      }
      out.writeEndArray();
    }
  }

  private void write(Task task, boolean whole, JsonGenerator out) throws IOException {
    out.writeStartObject();
    if (whole) {
      out.writeStringField("container_id", task.container().value());
    }
    out.writeStringField("executor_id", task.key().task().value());
    out.writeStringField("executor_name", ExecutorsJson.name(task));
    out.writeStringField("framework_id", task.key().framework().value());
    out.writeStringField("source", task.key().task().value());
    out.writeFieldName("statistics");
    write(statistics(task), out);
    if (whole) {
      out.writeFieldName("status");
      JsonCodec.write(status(task), out);
    }
    out.writeEndObject();
  }

  /** By name, as the plain endpoints have it. */
  private static void write(ResourceStatistics.Builder statistics, JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    for (var field : byName(statistics).entrySet()) {
      if (field.getValue() instanceof Double number) {
        JsonNumbers.writeField(field.getKey(), number, out);
      } else {
        out.writeNumberField(field.getKey(), ((Number) field.getValue()).longValue());
      }
    }
    out.writeEndObject();
  }

  private static Map<String, Object> byName(ResourceStatistics.Builder statistics) {
    var fields = new TreeMap<String, Object>();
    statistics.getAllFields().forEach((field, value) -> fields.put(field.getName(), value));
    return fields;
  }

  /** GET_CONTAINERS; without its list when there is no container. */
  Response.Builder response(Snapshot snapshot) {
    var all = Response.GetContainers.newBuilder();
    for (var task : snapshot.tasks()) {
      if (isHeld(task)) {
        all.addContainers(
            Response.GetContainers.Container.newBuilder()
                .setFrameworkId(task.key().framework().message())
                .setExecutorId(ExecutorID.newBuilder().setValue(task.key().task().value()))
                .setExecutorName(ExecutorsJson.name(task))
                .setContainerId(id(task))
                .setContainerStatus(status(task))
                .setResourceStatistics(statistics(task)));
      }
    }
    var response = Response.newBuilder().setType(Response.Type.GET_CONTAINERS);
    return all.getContainersCount() == 0 ? response : response.setGetContainers(all);
  }

  private static boolean isHeld(Task task) {
    return switch (task.progress()) {
      case Progress.Launching launching -> true;
      case Progress.Recalled recalled -> true;
      case Progress.Running running -> true;
      case Progress.Killing killing -> true;
      case Progress.Ended ended -> false;
    };
  }

  private static OptionalLong pid(Task task) {
    return switch (task.progress()) {
      case Progress.Running running -> OptionalLong.of(running.pid());
      case Progress.Killing killing -> OptionalLong.of(killing.pid());
      case Progress.Launching launching -> OptionalLong.empty();
      case Progress.Recalled recalled -> OptionalLong.empty();
      case Progress.Ended ended -> OptionalLong.empty();
    };
  }

  private static ContainerStatus status(Task task) {
    var status = ContainerStatus.newBuilder().setContainerId(id(task));
    pid(task).ifPresent(pid -> status.setExecutorPid((int) pid));
    return status.build();
  }

  private static ContainerID id(Task task) {
    return ContainerID.newBuilder().setValue(task.container().value()).build();
  }

  /** What it may use, and what it uses as far as its processes are there to be measured. */
  private ResourceStatistics.Builder statistics(Task task) {
    var statistics = ResourceStatistics.newBuilder().setTimestamp(monitor.now());
    var own =
        ExecutorsJson.OVERHEAD.plus(
            Resources.of(task.info().getResourcesList()).withoutAllocation());
    for (var resource : own.messages()) {
      if (resource.getName().equals("cpus")) {
        statistics.setCpusSoftLimit(
            statistics.getCpusSoftLimit() + resource.getScalar().getValue());
      } else if (resource.getName().equals("mem")) {
        var bytes = (long) (resource.getScalar().getValue() * MEGABYTE);
        statistics.setMemLimitBytes(statistics.getMemLimitBytes() + bytes);
        statistics.setMemSoftLimitBytes(statistics.getMemSoftLimitBytes() + bytes);
      }
    }
    pid(task).stream()
        .boxed()
        .flatMap(pid -> monitor.tree(pid).stream())
        .forEach(usage -> add(usage, statistics));
    return statistics;
  }

  private static void add(Usage usage, ResourceStatistics.Builder statistics) {
    statistics
        .setTimestamp(usage.timestamp())
        .setProcesses(usage.processes())
        .setThreads(usage.threads())
        .setCpusUserTimeSecs(usage.userSeconds())
        .setCpusSystemTimeSecs(usage.systemSeconds())
        .setMemRssBytes(usage.rssBytes());
  }
}
