package io.proffer.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.proffer.cli.client.ClientException;
import io.proffer.cli.client.OperatorClient;
import java.util.Locale;

/** A view of the answer of one call without arguments. */
abstract sealed class CallView extends View
    permits StateCommand,
        AgentsCommand,
        FrameworksCommand,
        TasksCommand,
        QuotaCommand,
        WeightsCommand {
  private final String call;

  CallView(String call) {
    this.call = call;
  }

  /** What to print of the body of the answer, which is under the lower-case name of the call. */
  abstract String body(JsonNode body);

  @Override
  final JsonNode ask(OperatorClient master) throws ClientException {
    return master.ask(call);
  }

  @Override
  final String text(JsonNode answer) {
    return body(answer.path(call.toLowerCase(Locale.ROOT)));
  }
}
