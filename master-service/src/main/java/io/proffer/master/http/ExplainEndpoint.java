package io.proffer.master.http;

import io.proffer.api.auth.Authorizer;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.master.core.command.OperatorCommand;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code /api/v1/explain?framework=ID[&role=R][&agent=ID]}: why a framework is offered nothing. */
public final class ExplainEndpoint implements Consumer<Exchange> {
  private final Changes core;
  private final Authorizer authorizer;

  /**
   * @param core hands on the question; it changes nothing
   */
  public ExplainEndpoint(Changes core, Authorizer authorizer) {
    this.core = core;
    this.authorizer = authorizer;
  }

  @Override
  public void accept(Exchange exchange) {
    var framework = given(exchange, "framework");
    if (framework.isEmpty()) {
      exchange.answer(
          Answer.text(
              400,
              "Expecting 'framework=ID' in the query, and perhaps 'role=NAME' and 'agent=ID'"));
      return;
    }
    var rights = authorizer.rights(exchange.principal());
    core.ask(
        exchange,
        replyTo ->
            new OperatorCommand.Explain(
                new FrameworkId(framework.get()),
                given(exchange, "role"),
                given(exchange, "agent").map(AgentId::new),
                rights,
                replyTo));
  }

  /** A parameter without a value counts as not given. */
  private static Optional<String> given(Exchange exchange, String name) {
    return exchange.query(name).filter(value -> !value.isEmpty());
  }
}
