package io.proffer.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.proffer.cli.client.OperatorClient;
import java.util.Locale;
import picocli.CommandLine.Parameters;

/** An order about one agent. */
abstract sealed class AgentOrder extends Change
    permits DrainAgentCommand, DeactivateAgentCommand, ReactivateAgentCommand, GoneAgentCommand {
  private final String call;

  @Parameters(paramLabel = "AGENT", description = "Its id, as 'proffer agents' shows it.")
  private String agent;

  AgentOrder(String call) {
    this.call = call;
  }

  /** What the call says beside the agent's id. */
  void add(ObjectNode body) {}

  @Override
  final JsonNode ask(OperatorClient master) {
    var whole = JsonNodeFactory.instance.objectNode().put("type", call);
    var body = whole.putObject(call.toLowerCase(Locale.ROOT));
    body.putObject("agent_id").put("value", agent);
    add(body);
    return whole;
  }
}
