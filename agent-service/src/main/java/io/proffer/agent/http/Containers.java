package io.proffer.agent.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.agent.core.fact.Snapshot;
import io.proffer.agent.monitor.ProcessMonitor;
import io.proffer.agent.monitor.Usage;
import io.proffer.api.auth.Authorizer;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonNumbers;
import io.proffer.api.metrics.Figures;
import io.proffer.api.metrics.Metric;
import io.proffer.api.v1.ContainerID;
import io.proffer.api.v1.ContainerStatus;
import io.proffer.api.v1.ResourceStatistics;
import io.proffer.api.v1.agent.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The containers that hold something, and what they use: {@code /containers}, {@code
 * /containerizer/debug}, {@code /monitor/statistics}, GET_CONTAINERS.
 */
final class Containers {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String[] WHICH = {"framework_id", "executor_id", "container_id"};
  private static final Metric CPU =
      Metric.counter(
          "proffer_agent_container_cpu_seconds_total",
          "Processor time of a container; a command task is its own executor.",
          WHICH);
  private static final Metric MEMORY =
      Metric.gauge("proffer_agent_container_memory_bytes", "Resident memory.", WHICH);
  private static final Metric CPU_LIMIT =
      Metric.gauge("proffer_agent_container_cpus", "Processors a container was given.", WHICH);
  private static final Metric MEMORY_LIMIT =
      Metric.gauge(
          "proffer_agent_container_memory_limit_bytes", "Memory a container was given.", WHICH);

  private static final long MEGABYTE = 1024 * 1024;
  private static final Answer WRONG_QUERY =
      Answer.text(
          400,
          "Supported query parameters are container_id only, framework_id only, or executor_id and"
              + " framework_id only");

  private final Reads reads;
  private final ProcessMonitor monitor;
  private final Authorizer authorizer;

  Containers(Reads reads, ProcessMonitor monitor, Authorizer authorizer) {
    this.reads = reads;
    this.monitor = monitor;
    this.authorizer = authorizer;
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
        held ->
            container.map(held.container().value()::equals).orElse(true)
                && framework.map(held.framework().value()::equals).orElse(true)
                && executor.map(held.info().getExecutorId().getValue()::equals).orElse(true));
  }

  /** {@code /monitor/statistics}. */
  void statistics(Exchange exchange) {
    list(exchange, false, held -> true);
  }

  /** {@code /containerizer/debug}: the containers whose command was asked for and does not run. */
  void pending(Exchange exchange) {
    var sight = new Sight(authorizer.rights(exchange.principal()));
    reads.read(
        exchange, snapshot -> exchange.answerJson(out -> writePending(snapshot, sight, out)));
  }

  static void writePending(Snapshot snapshot, Sight sight, OutputStream to) throws IOException {
    try (var out = JSON.createGenerator(to)) {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      out.writeStartObject();
      out.writeArrayFieldStart("pending");
      for (var held : Held.live(snapshot)) {
        if (held.isRunning() && held.pid().isEmpty() && sight.ofContainer(held)) {
          out.writeStartObject();
          out.writeObjectFieldStart("args");
          out.writeStringField("containerId", held.container().value());
          out.writeEndObject();
          out.writeStringField("operation", "launch");
          out.writeEndObject();
        }
      }
      out.writeEndArray();
      out.writeEndObject();
    }
  }

  private void list(Exchange exchange, boolean whole, Predicate<Held> wanted) {
    var sight = new Sight(authorizer.rights(exchange.principal()));
    reads.read(
        exchange,
        snapshot ->
            exchange.answerJson(
                out -> write(snapshot, whole, wanted.and(sight::ofContainer), out)));
  }

  private void write(Snapshot snapshot, boolean whole, Predicate<Held> wanted, OutputStream to)
      throws IOException {
    try (var out = JSON.createGenerator(to)) {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      out.writeStartArray();
      for (var held : Held.live(snapshot)) {
        if (held.isRunning() && wanted.test(held)) {
          write(held, whole, out);
        }
      }
      out.writeEndArray();
    }
  }

  @SuppressWarnings("deprecation") // tools of the reference still read `source`
  private void write(Held held, boolean whole, JsonGenerator out) throws IOException {
    out.writeStartObject();
    if (whole) {
      out.writeStringField("container_id", held.container().value());
    }
    out.writeStringField("executor_id", held.info().getExecutorId().getValue());
    out.writeStringField("executor_name", held.info().getName());
    out.writeStringField("framework_id", held.framework().value());
    out.writeStringField("source", held.info().getSource());
    out.writeFieldName("statistics");
    write(statistics(held), out);
    if (whole) {
      out.writeFieldName("status");
      JsonCodec.write(status(held), out);
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

  /** What containers use; of those beyond the limit nothing. */
  void addTo(Snapshot snapshot, Figures figures, int limit) {
    Held.live(snapshot).stream()
        .filter(Held::isRunning)
        .limit(limit)
        .forEach(held -> add(held, statistics(held), figures));
  }

  private static void add(Held held, ResourceStatistics.Builder use, Figures figures) {
    var framework = held.framework().value();
    var executor = held.info().getExecutorId().getValue();
    var container = held.container().value();
    figures.add(CPU_LIMIT, use.getCpusSoftLimit(), framework, executor, container);
    figures.add(MEMORY_LIMIT, use.getMemLimitBytes(), framework, executor, container);
    if (use.hasMemRssBytes()) {
      figures.add(
          CPU,
          use.getCpusUserTimeSecs() + use.getCpusSystemTimeSecs(),
          framework,
          executor,
          container);
      figures.add(MEMORY, use.getMemRssBytes(), framework, executor, container);
    }
  }

  /** GET_CONTAINERS; without its list when there is no container. */
  Response.Builder response(Snapshot snapshot, Sight sight) {
    var all = Response.GetContainers.newBuilder();
    for (var held : Held.live(snapshot)) {
      if (held.isRunning() && sight.ofContainer(held)) {
        all.addContainers(
            Response.GetContainers.Container.newBuilder()
                .setFrameworkId(held.framework().message())
                .setExecutorId(held.info().getExecutorId())
                .setExecutorName(held.info().getName())
                .setContainerId(id(held))
                .setContainerStatus(status(held))
                .setResourceStatistics(statistics(held)));
      }
    }
    var response = Response.newBuilder().setType(Response.Type.GET_CONTAINERS);
    return all.getContainersCount() == 0 ? response : response.setGetContainers(all);
  }

  private static ContainerStatus status(Held held) {
    var status = ContainerStatus.newBuilder().setContainerId(id(held));
    held.pid().ifPresent(pid -> status.setExecutorPid((int) pid));
    return status.build();
  }

  private static ContainerID id(Held held) {
    return ContainerID.newBuilder().setValue(held.container().value()).build();
  }

  /** What it may use, and what it uses as far as its processes are there to be measured. */
  private ResourceStatistics.Builder statistics(Held held) {
    var statistics = ResourceStatistics.newBuilder().setTimestamp(monitor.now());
    for (var resource : held.resources().messages()) {
      if (resource.getName().equals("cpus")) {
        statistics.setCpusSoftLimit(
            statistics.getCpusSoftLimit() + resource.getScalar().getValue());
      } else if (resource.getName().equals("mem")) {
        var bytes = (long) (resource.getScalar().getValue() * MEGABYTE);
        statistics.setMemLimitBytes(statistics.getMemLimitBytes() + bytes);
        statistics.setMemSoftLimitBytes(statistics.getMemSoftLimitBytes() + bytes);
      }
    }
    held.pid().stream()
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
