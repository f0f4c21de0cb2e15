package io.proffer.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.proffer.cli.client.OperatorClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code proffer quota remove}. */
@Command(
    name = "remove",
    description =
        "Removes the quota of a role: nothing is kept for it any more, and no limit holds.")
public final class RemoveQuotaCommand extends Change {
  @Parameters(paramLabel = "ROLE", description = "A role that has a quota.")
  private String role;

  @Override
  JsonNode ask(OperatorClient master) {
    var call = JsonNodeFactory.instance.objectNode().put("type", "REMOVE_QUOTA");
    call.putObject("remove_quota").put("role", role);
    return call;
  }
}
