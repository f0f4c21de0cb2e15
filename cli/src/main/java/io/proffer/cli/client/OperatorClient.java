package io.proffer.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What operators ask: the calls of {@code POST /api/v1}, and what is beside them. */
public final class OperatorClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Http http;
  private final Masters masters;

  public OperatorClient(Masters masters, Identity identity) {
    this.http = new Http(TIMEOUT, identity);
    this.masters = masters;
  }

  /** The whole answer of a call without arguments, such as {@code GET_STATE}. */
  public JsonNode ask(String type) throws ClientException {
    return ask(Http.JSON.createObjectNode().put("type", type));
  }

  /**
   * Opens the stream of events.
   *
   * @param after the {@code event_id} that was heard last; empty to begin with all there is
   */
  public EventStream subscribe(Optional<String> after) throws ClientException {
    var call = Http.JSON.createObjectNode().put("type", "SUBSCRIBE");
    var headers = after.map(id -> Map.of("Last-Event-ID", id)).orElse(Map.of());
    return masters.ask(
        master -> new EventStream("", http.open(master.uri("/api/v1"), call, headers).body()));
  }

  /** The numbers that GET_METRICS tells, by name. */
  public Map<String, Double> metrics() throws ClientException {
    var call = Http.JSON.createObjectNode().put("type", "GET_METRICS");
    call.putObject("get_metrics");
    var metrics = new TreeMap<String, Double>();
    for (var metric : ask(call).path("get_metrics").path("metrics")) {
      metrics.put(metric.path("name").asText(), metric.path("value").asDouble());
    }
    return metrics;
  }

  /** Makes a call that changes something, and is answered without a body. */
  public void change(JsonNode call) throws ClientException {
    masters.ask(master -> http.post(master.uri("/api/v1"), (ObjectNode) call, ""));
  }

  /** The masters of the cluster, as the one that is asked knows them. */
  public JsonNode masters() throws ClientException {
    return Http.json(masters.ask(master -> http.get(master.uri("/api/v1/masters"))));
  }

  /** Why a framework is offered nothing: the document of {@code /api/v1/explain}. */
  public JsonNode explain(String framework, Optional<String> role, Optional<String> agent)
      throws ClientException {
    var query = new StringBuilder("framework=").append(encoded(framework));
    role.ifPresent(name -> query.append("&role=").append(encoded(name)));
    agent.ifPresent(id -> query.append("&agent=").append(encoded(id)));
    return Http.json(masters.ask(master -> http.get(master.uri("/api/v1/explain?" + query))));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private JsonNode ask(ObjectNode call) throws ClientException {
    return Http.json(masters.ask(master -> http.post(master.uri("/api/v1"), call, "").body()));
  }
}
