package io.proffer.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.cli.client.ClientException;
import io.proffer.cli.client.OperatorClient;
import io.proffer.cli.client.Table;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What stands between a framework and offers. */
@Command(
    name = "explain",
    description =
        "Tells why a framework is offered nothing: for how many agents which reason holds.")
public final class ExplainCommand extends View {
  /** More ids than these make a line too long; --json has some more. */
  private static final int EXAMPLES = 3;

  @Parameters(paramLabel = "FRAMEWORK", description = "Id of the framework.")
  private String framework;

  @Option(names = "--role", paramLabel = "ROLE", description = "Only this one of its roles.")
  private Optional<String> role = Optional.empty();

  @Option(
      names = "--agent",
      paramLabel = "ID",
      description = "Only the registered agent with this id.")
  private Optional<String> agent = Optional.empty();

  @Override
  JsonNode ask(OperatorClient master) throws ClientException {
    return master.explain(framework, role, agent);
  }

  @Override
  String text(JsonNode answer) {
    return table(answer).toString();
  }

  static Table table(JsonNode explanation) {
    var table = new Table("ROLE", "AGENTS", "REASON", "WHAT IT MEANS", "AGENT IDS");
    for (var role : explanation.path("roles")) {
      for (var finding : role.path("findings")) {
        table.row(
            role.path("role").asText(),
            finding.path("agents").asText(),
            finding.path("reason").asText(),
            finding.path("sentence").asText(),
            examples(finding));
      }
    }
    return table;
  }

  private static String examples(JsonNode finding) {
    var ids = finding.path("examples");
    var text = new StringBuilder();
    int shown = Math.min(ids.size(), EXAMPLES);
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? "" : ",").append(ids.path(i).asText());
    }
    return text.append(finding.path("agents").asInt() > shown ? ",..." : "").toString();
  }
}
