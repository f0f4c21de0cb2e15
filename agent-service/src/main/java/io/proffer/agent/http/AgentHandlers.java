package io.proffer.agent.http;

import com.fasterxml.jackson.core.JsonFactory;
import io.proffer.agent.core.command.OperatorCommand;
import io.proffer.agent.core.effect.Reply;
import io.proffer.api.endpoint.AgentEndpoints;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.PageEndpoints;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Documentation;
import io.proffer.api.http.Exchange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Answers every endpoint of the agent. */
public final class AgentHandlers {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int RETRY_SECONDS = 1;

  private final Predicate<? super OperatorCommand> commands;
  private final Map<String, String> flags;
  private final FilesHandlers files;
  private final Readers readers = new Readers();
  private final Documentation documentation = new Documentation("agent");

  /**
   * @param commands takes a command without blocking; false when there is no room
   * @param flags as {@code /state} shows them
   */
  public AgentHandlers(
      Predicate<? super OperatorCommand> commands, Map<String, String> flags, FilesHandlers files) {
    this.commands = commands;
    this.flags = new LinkedHashMap<>(flags);
    this.files = files;
  }

  /** Who answers what. */
  public Map<Endpoint, Consumer<Exchange>> table() {
    return Map.of(
        AgentEndpoints.OPERATOR, exchange -> exchange.answer(Answer.bare(501)),
        AgentEndpoints.EXECUTOR, exchange -> exchange.answer(Answer.bare(501)),
        AgentEndpoints.HEALTH, exchange -> exchange.answer(Answer.empty(200)),
        AgentEndpoints.VERSION, AgentHandlers::version,
        AgentEndpoints.STATE, this::state,
        AgentEndpoints.FILES_BROWSE, files::browse,
        AgentEndpoints.FILES_READ, files::read,
        AgentEndpoints.FILES_DOWNLOAD, files::download,
        PageEndpoints.OPENAPI, documentation::document,
        PageEndpoints.DOCS, documentation::page);
  }

  /** Takes the core's answers, and returns at once. */
  public void accept(Reply reply) {
    readers.deliver(reply);
  }

  private void answer(Exchange exchange, Reply reply) {
    switch (reply) {
      case Reply.Answer(var to, var snapshot) ->
          exchange.answerJson(out -> StateJson.write(snapshot, flags, out));
      case Reply.Failed(var to, var incident) ->
          exchange.answer(
              Answer.text(
                  500,
                  "500 Internal Server Error. Incident " + incident + ": the log has the cause."));
    }
  }

  private void state(Exchange exchange) {
    var replyTo = readers.expect(reply -> answer(exchange, reply), exchange::fail);
    if (!commands.test(new OperatorCommand.Read(replyTo))) {
      readers.forget(replyTo);
      exchange.answer(
          Answer.unavailable("The agent has too much to do: try again later", RETRY_SECONDS));
    }
  }

  private static void version(Exchange exchange) {
    exchange.answerJson(
        to -> {
          try (var out = JSON.createGenerator(to)) {
            out.writeStartObject();
            VersionJson.write(out);
            out.writeEndObject();
          }
        });
  }
}
