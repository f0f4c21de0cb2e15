package io.proffer.master.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.proffer.api.auth.Authorizer;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.v1.master.Call;
import io.proffer.master.core.command.OperatorCommand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The plain endpoints that take a form (operator-api, section 3): what they do, a call does too.
 */
public final class FormEndpoints {
  private final Changes changes;
  private final Authorizer authorizer;

  public FormEndpoints(Changes changes, Authorizer authorizer) {
    this.changes = changes;
    this.authorizer = authorizer;
  }

  /** POST /teardown: {@code frameworkId=ID}. */
  public void teardown(Exchange exchange) {
    Map<String, List<String>> form;
    try {
      // Whatever its Content-Type says, as in the reference.
      form =
          new QueryStringDecoder(new String(exchange.body(), StandardCharsets.UTF_8), false)
              .parameters();
    } catch (IllegalArgumentException e) {
      exchange.answer(Answer.text(400, "Unable to decode query string: " + e.getMessage()));
      return;
    }
    var framework = form.getOrDefault("frameworkId", List.of());
    if (framework.isEmpty()) {
      exchange.answer(
          Answer.text(400, "Missing 'frameworkId' query parameter in the request body"));
      return;
    }
    exchange.decoded(asCall(framework.getFirst()));
    var id = new FrameworkId(framework.getFirst());
    var rights = authorizer.rights(exchange.principal());
    changes.ask(exchange, replyTo -> new OperatorCommand.Teardown(id, rights, replyTo));
  }

  /** The call that asks for the same. */
  private static Call asCall(String framework) {
    var call = Call.newBuilder().setType(Call.Type.TEARDOWN);
    call.getTeardownBuilder().getFrameworkIdBuilder().setValue(framework);
    return call.build();
  }
}
