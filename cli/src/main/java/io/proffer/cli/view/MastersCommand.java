package io.proffer.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.cli.client.ClientException;
import io.proffer.cli.client.OperatorClient;
import io.proffer.cli.client.Printable;
import io.proffer.cli.client.Table;
import picocli.CommandLine.Command;

/** The masters of a cluster. */
@Command(
    name = "masters",
    description = "Lists the masters, who of them leads, and which of them are well.")
public final class MastersCommand extends View {
  @Override
  JsonNode ask(OperatorClient master) throws ClientException {
    return master.masters();
  }

  @Override
  String text(JsonNode answer) {
    var text = new StringBuilder(table(answer).toString());
    for (var master : answer.path("masters")) {
      if (master.has("warning")) {
        text.append('\n').append(Printable.of(master.path("warning").asText())).append('\n');
      }
    }
    return text.toString();
  }

  static Table table(JsonNode answer) {
    var table = new Table("MASTER", "HOST", "ROLE", "HEALTHY", "VERSION", "STARTED");
    for (var master : answer.path("masters")) {
      table.row(
          master.path("address").asText(),
          master.path("hostname").asText(),
          master.path("role").asText(),
          master.path("healthy").asBoolean() ? "yes" : "no",
          master.path("proffer_version").asText(),
          Cells.seconds(master.path("start_time")));
    }
    return table;
  }
}
