package io.proffer.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.cli.client.Table;
import java.math.BigDecimal;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** The quotas of roles. */
@Command(
    name = "quota",
    description = {
      "Lists the quotas of roles: what is kept for each, and what it may have at most.",
      "'proffer quota set' and 'proffer quota remove' change them."
    })
public final class QuotaCommand extends CallView {
  public QuotaCommand() {
    super("GET_QUOTA");
  }

  @Override
  String body(JsonNode body) {
    return table(body).toString();
  }

  static Table table(JsonNode body) {
    var table = new Table("ROLE", "GUARANTEES", "LIMITS");
    for (var config : body.path("status").path("configs")) {
      // A role whose quota was removed stays in the answer.
      if (config.has("guarantees") || config.has("limits")) {
        table.row(
            config.path("role").asText(),
            amounts(config.path("guarantees")),
            amounts(config.path("limits")));
      }
    }
    return table;
  }

  private static String amounts(JsonNode scalars) {
    var sorted = new TreeMap<String, String>();
    scalars
        .properties()
        .forEach(
            scalar ->
                sorted.put(
                    scalar.getKey(),
                    new BigDecimal(scalar.getValue().path("value").asText("0"))
                        .stripTrailingZeros()
                        .toPlainString()));
    return sorted.isEmpty()
        ? "-"
        : sorted.entrySet().stream()
            .map(entry -> entry.getKey() + ":" + entry.getValue())
            .collect(Collectors.joining(";"));
  }
}
