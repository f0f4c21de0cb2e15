package io.proffer.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** The reading calls of an operator: {@code POST /api/v1}. */
public final class OperatorClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Http http = new Http(TIMEOUT);
  private final MasterAddress master;

  public OperatorClient(MasterAddress master) {
    this.master = master;
  }

  /** The whole answer of a call without arguments, such as {@code GET_STATE}. */
  public JsonNode ask(String type) throws ClientException {
    var call = Http.JSON.createObjectNode().put("type", type);
    return Http.json(http.post(master.uri("/api/v1"), call, "").body());
  }
}
