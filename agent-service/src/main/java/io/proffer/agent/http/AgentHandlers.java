package io.proffer.agent.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.agent.core.command.OperatorCommand;
import io.proffer.agent.core.effect.Reply;
import io.proffer.agent.core.fact.Snapshot;
import io.proffer.agent.executor.ExecutorEndpoint;
import io.proffer.agent.executor.ExecutorStreams;
import io.proffer.agent.metrics.AgentFigures;
import io.proffer.agent.monitor.ProcessMonitor;
import io.proffer.agent.sandbox.SandboxFiles;
import io.proffer.api.acl.Action;
import io.proffer.api.auth.Authorizer;
import io.proffer.api.endpoint.AgentEndpoints;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.LockEndpoints;
import io.proffer.api.endpoint.PageEndpoints;
import io.proffer.api.files.FileCalls;
import io.proffer.api.files.FilesHandlers;
import io.proffer.api.files.LogFile;
import io.proffer.api.files.Together;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Documentation;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.PathRules;
import io.proffer.api.metrics.MetricsEndpoints;
import io.proffer.api.process.ProcessHandlers;
import io.proffer.api.process.Verbosity;
import io.proffer.kernel.Ids;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Answers every endpoint of the agent. */
public final class AgentHandlers implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();

  private final Reads reads;
  private final Map<String, String> flags;
  private final FilesHandlers files;
  private final Containers containers;
  private final MetricsEndpoints<Snapshot> metrics;
  private final ExecutorEndpoint executors;
  private final OperatorEndpoint operator;
  private final Consumer<Exchange> reload;
  private final Authorizer authorizer;
  private final Documentation documentation = new Documentation("agent");

  /**
   * What answers are made of, besides the tables of the core.
   *
   * @param flags as {@code /state} shows them
   * @param metricsTimeout how long figures wait for the tables
   * @param metricsRows how many containers Prometheus is told of
   * @param reload reads credentials and rules anew
   * @param authorizer says what those who ask may do
   */
  public record Sources(
      Map<String, String> flags,
      LogFile log,
      SandboxFiles sandboxes,
      ProcessMonitor monitor,
      AgentFigures figures,
      Duration metricsTimeout,
      int metricsRows,
      Verbosity verbosity,
      Consumer<Exchange> reload,
      Authorizer authorizer) {}

  /** What executors are served with. */
  public record Executors(
      ExecutorEndpoint.Core core, ExecutorStreams streams, Ids ids, ExecutorEndpoint.Proof proof) {}

  /**
   * @param commands takes a command without blocking; false when there is no room
   */
  public AgentHandlers(
      Predicate<? super OperatorCommand> commands, Executors executors, Sources sources) {
    this.reads = new Reads(commands);
    this.flags = new LinkedHashMap<>(sources.flags());
    this.authorizer = sources.authorizer();
    var shown = new Together(sources.log(), sources.sandboxes());
    var access =
        new SandboxAccess(reads, sources.sandboxes(), authorizer)
            .and(
                sources.log().access(who -> authorizer.rights(who).allow(Action.ACCESS_MESOS_LOG)));
    this.files = new FilesHandlers(shown, access);
    this.containers = new Containers(reads, sources.monitor(), authorizer);
    this.metrics =
        new MetricsEndpoints<>(
            reads::snapshot,
            sources.figures()::tell,
            (snapshot, figures) -> containers.addTo(snapshot, figures, sources.metricsRows()),
            sources.metricsTimeout());
    this.reload = sources.reload();
    this.executors =
        new ExecutorEndpoint(
            executors.core(), reads, executors.streams(), executors.ids(), executors.proof());
    this.operator =
        new OperatorEndpoint(
            reads,
            flags,
            new FileCalls(shown, access),
            containers,
            metrics,
            sources.verbosity(),
            authorizer);
  }

  /** Who answers what. */
  public Map<Endpoint, Consumer<Exchange>> table() {
    return PathRules.over(unruled(), authorizer);
  }

  private Map<Endpoint, Consumer<Exchange>> unruled() {
    return Map.ofEntries(
        Map.entry(AgentEndpoints.OPERATOR, operator),
        Map.entry(AgentEndpoints.EXECUTOR, executors),
        Map.entry(AgentEndpoints.HEALTH, exchange -> exchange.answer(Answer.empty(200))),
        Map.entry(AgentEndpoints.VERSION, AgentHandlers::version),
        Map.entry(AgentEndpoints.FLAGS, this::flags),
        Map.entry(AgentEndpoints.STATE, this::state),
        Map.entry(AgentEndpoints.CONTAINERS, containers::containers),
        Map.entry(AgentEndpoints.PENDING, containers::pending),
        Map.entry(AgentEndpoints.STATISTICS, containers::statistics),
        Map.entry(AgentEndpoints.METRICS, metrics::snapshot),
        Map.entry(AgentEndpoints.PROMETHEUS, metrics::prometheus),
        Map.entry(AgentEndpoints.FILES_BROWSE, files::browse),
        Map.entry(AgentEndpoints.FILES_READ, files::read),
        Map.entry(AgentEndpoints.FILES_DOWNLOAD, files::download),
        Map.entry(AgentEndpoints.FILES_DEBUG, files::debug),
        Map.entry(PageEndpoints.LOGGING, exchange -> ProcessHandlers.logging(exchange, authorizer)),
        Map.entry(PageEndpoints.SYSTEM, ProcessHandlers::system),
        Map.entry(LockEndpoints.RELOAD, reload),
        Map.entry(PageEndpoints.OPENAPI, documentation::document),
        Map.entry(PageEndpoints.DOCS, documentation::page));
  }

  @Override
  public void close() {
    metrics.close();
  }

  /** Takes the core's answers, and returns at once. */
  public void accept(Reply reply) {
    reads.deliver(reply);
  }

  /** The tables at a turn from now on, for other rooms of the shell. */
  public CompletionStage<Snapshot> snapshot() {
    return reads.snapshot();
  }

  private void state(Exchange exchange) {
    var sight = new Sight(authorizer.rights(exchange.principal()));
    reads.read(
        exchange,
        snapshot -> exchange.answerJson(out -> StateJson.write(snapshot, sight, flags, out)));
  }

  private void flags(Exchange exchange) {
    object(
        exchange,
        out -> {
          out.writeObjectFieldStart("flags");
          for (var flag : flags.entrySet()) {
            out.writeStringField(flag.getKey(), flag.getValue());
          }
          out.writeEndObject();
        });
  }

  private static void version(Exchange exchange) {
    object(exchange, VersionJson::write);
  }

  private interface Fields {
    void write(JsonGenerator out) throws IOException;
  }

  private static void object(Exchange exchange, Fields fields) {
    exchange.answerJson(
        to -> {
          try (var out = JSON.createGenerator(to)) {
            out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            out.writeStartObject();
            fields.write(out);
            out.writeEndObject();
          }
        });
  }
}
