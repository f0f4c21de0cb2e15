package io.proffer.agent.executor;

import io.proffer.api.endpoint.AgentEndpoints;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.http.Answer;
import io.proffer.api.http.CrossOrigin;
import io.proffer.api.http.HttpService;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Sends executors away until the agent knows again what it ran, whatever they ask and by whatever
 * method (executor-api, section 1), and pages of other sites that would change something.
 */
public record Admission(BooleanSupplier recovered) implements HttpService.Guard {
  private static final int RETRY_SECONDS = 1;

  @Override
  public Optional<Answer> apply(Endpoint endpoint, HttpServerRequest request) {
    return endpoint.equals(AgentEndpoints.EXECUTOR) && !recovered.getAsBoolean()
        ? Optional.of(Answer.unavailable("Agent has not finished recovery", RETRY_SECONDS))
        : CrossOrigin.refusal(endpoint, request);
  }
}
