package io.proffer.api.http;

import com.google.protobuf.Message;
import io.proffer.api.audit.AuditLine;
import io.proffer.api.audit.AuditLog;
import io.proffer.api.audit.CallNote;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.PageEndpoints;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which requests the audit log is told of: those that change something, and of what can change
 * something all that are refused before it is known what they want.
 *
 * @param service {@code master} or {@code agent}
 */
public record AuditTrail(String service, AuditLog log) {
  /** Answers that end a request whose body nobody has understood. */
  private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 413, 415, 429);

  /** Calls that change nothing but what a client knows, or how soon it is asked again. */
  private static final Set<String> OF_FRAMEWORKS =
      Set.of(
          "UNKNOWN",
          "ACKNOWLEDGE",
          "ACKNOWLEDGE_OPERATION_STATUS",
          "DECLINE",
          "DECLINE_INVERSE_OFFERS",
          "RECONCILE",
          "RECONCILE_OPERATIONS");

  private static final Set<String> OF_OPERATORS =
      Set.of("UNKNOWN", "READ_FILE", "SUBSCRIBE", "ATTACH_CONTAINER_OUTPUT");

  /** One request, until it is answered. */
  final class Entry {
    private final Endpoint endpoint;
    private final HttpServerRequest request;
    private final long startNanos = System.nanoTime();

    /** What was decoded, by the thread that does it, before it is answered. */
    private volatile Optional<CallNote> call = Optional.empty();

    private Entry(Endpoint endpoint, HttpServerRequest request) {
      this.endpoint = endpoint;
      this.request = request;
    }

    /** Its body was understood. */
    void decoded(Message body) {
      call = Optional.of(CallNote.of(body));
    }

    /** It got its answer, the only one. */
    void answered(Optional<String> principal, int status) {
      if (isTold(endpoint, request, call, status)) {
        var line =
            new AuditLine(
                Instant.now(),
                service,
                principal,
                Peers.name(request.remoteAddress()),
                request.method().name(),
                String.valueOf(request.path()),
                call,
                status,
                System.nanoTime() - startNanos);
        if (isAnybodys(principal, status)) {
          log.addRefusal(
              principal.orElseGet(() -> Peers.network(request.remoteAddress())),
              endpoint.path(),
              line);
        } else {
          log.add(line);
        }
      }
    }
  }

  /** Begins to follow a request, if it may change something. */
  Optional<Entry> begin(Endpoint endpoint, HttpServerRequest request) {
    return switch (endpoint.access()) {
      case OPEN, READ_ONLY -> Optional.empty();
      case READ_WRITE, FRAMEWORKS, EXECUTORS, AGENTS -> Optional.of(new Entry(endpoint, request));
    };
  }

  private static boolean isTold(
      Endpoint endpoint, HttpServerRequest request, Optional<CallNote> call, int status) {
    if (status == 401 || status == 403 || status == 429) {
      return true;
    }
    if (endpoint.call().isPresent() && call.isEmpty()) {
      return REFUSALS.contains(status);
    }
    return switch (endpoint.access()) {
      case OPEN, READ_ONLY -> false;
      case FRAMEWORKS -> !OF_FRAMEWORKS.contains(type(call));
      case EXECUTORS -> type(call).equals("SUBSCRIBE");
      // An agent that registers, not what it then has to say.
      case AGENTS -> endpoint.answer() == Endpoint.AnswerKind.RECORDS;
      case READ_WRITE ->
          endpoint.call().isPresent() ? changes(type(call)) : asksForChange(endpoint, request);
    };
  }

  /** Whether this can be caused without being anybody, or by sending too much. */
  private static boolean isAnybodys(Optional<String> principal, int status) {
    return status == 401 || status == 429 || (principal.isEmpty() && REFUSALS.contains(status));
  }

  private static boolean changes(String operatorsCall) {
    return !(operatorsCall.startsWith("GET_")
        || operatorsCall.startsWith("LIST_")
        || OF_OPERATORS.contains(operatorsCall));
  }

  /** By its method; but {@code /logging/toggle} takes any, and goes by its parameters. */
  private static boolean asksForChange(Endpoint endpoint, HttpServerRequest request) {
    return endpoint.path().equals(PageEndpoints.LOGGING.path())
        ? request.query() != null
        : !Set.of("GET", "HEAD").contains(request.method().name());
  }

  private static String type(Optional<CallNote> call) {
    return call.map(CallNote::type).orElse("");
  }
}
