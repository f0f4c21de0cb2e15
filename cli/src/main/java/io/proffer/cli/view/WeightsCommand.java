package io.proffer.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.cli.client.Table;
import picocli.CommandLine.Command;

/** The weights of roles. */
@Command(
    name = "weights",
    description = {
      "Lists the weights of roles that were set; the others count 1.",
      "'proffer weights set' changes them."
    })
public final class WeightsCommand extends CallView {
  public WeightsCommand() {
    super("GET_WEIGHTS");
  }

  @Override
  String body(JsonNode body) {
    return table(body).toString();
  }

  static Table table(JsonNode body) {
    var table = new Table("ROLE", "WEIGHT");
    body.path("weight_infos")
        .forEach(info -> table.row(info.path("role").asText(), info.path("weight").asText()));
    return table;
  }
}
