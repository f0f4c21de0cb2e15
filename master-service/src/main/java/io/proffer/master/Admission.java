package io.proffer.master;

import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.MasterEndpoints;
import io.proffer.api.http.Answer;
import io.proffer.api.http.CrossOrigin;
import io.proffer.api.http.HttpService;
import io.proffer.master.election.Election;
import io.proffer.master.election.Standing;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is looked at before method and body (scheduler-api, section 1, rows 2 and 3): who leads, and
 * whether the registry has been read; and that no page of another site changes anything here.
 */
final class Admission implements HttpService.Guard {
  private final Election election;
  private final LongAdder refused = new LongAdder();
  private volatile boolean ready;

  Admission(Election election) {
    this.election = election;
  }

  /** The registry has been read. */
  void open() {
    ready = true;
  }

  /** How many requests were refused because this master does not lead, or not yet. */
  long refused() {
    return refused.sum();
  }

  @Override
  public Optional<Answer> apply(Endpoint endpoint, HttpServerRequest request) {
    var notNow = notNow(endpoint, request);
    if (notNow.isPresent()) {
      refused.increment();
      return notNow;
    }
    return CrossOrigin.refusal(endpoint, request);
  }

  private Optional<Answer> notNow(Endpoint endpoint, HttpServerRequest request) {
    if (!endpoint.local()) {
      switch (election.standing()) {
        case Standing.Following(var leader) -> {
          return Optional.of(Answer.redirect(location(leader, request)));
        }
        case Standing.Leaderless() -> {
          return Optional.of(Answer.unavailable("No leader elected", 1));
        }
        case Standing.Leading() -> {}
      }
    }
    if (!ready) {
      return Optional.of(Answer.unavailable("Master has not finished recovery", 1));
    }
    return Optional.empty();
  }

  private static String location(String leader, HttpServerRequest request) {
    var path = request.path();
    var query = request.query() == null ? "" : "?" + request.query();
    var prefix = path.startsWith(MasterEndpoints.PREFIX + "/") ? "" : MasterEndpoints.PREFIX;
    return "//" + leader + prefix + path + query;
  }
}
