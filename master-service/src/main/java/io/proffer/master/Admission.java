package io.proffer.master;

import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.MasterEndpoints;
import io.proffer.api.http.Answer;
import io.proffer.api.http.CrossOrigin;
import io.proffer.api.http.HttpService;
import io.proffer.master.HaTuning.Standby;
import io.proffer.master.election.Standing;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is looked at before method and body (scheduler-api, section 1, rows 2 and 3): who leads, and
 * whether the registry has been read; and that no page of another site changes anything here.
 */
final class Admission implements HttpService.Guard {
  /** What this master can answer now. */
  private enum Open {
    /** Nothing: it starts. */
    NOTHING,
    /** What any master answers. */
    LOCALLY,
    /** All, for the registry has been read. */
    ALL
  }

  private final Supplier<Standing> standing;
  private final Standby standby;
  private final BiConsumer<HttpServerRequest, String> forward;
  private final BooleanSupplier reaches;
  private final Antechamber antechamber;
  private final LongAdder refused = new LongAdder();
  private volatile Open open = Open.NOTHING;

  /**
   * @param forward carries a request to {@code HOST:PORT}, and its answer back
   * @param reaches whether that works, as far as is known
   * @param antechamber where calls wait while the registry is read
   */
  Admission(
      Supplier<Standing> standing,
      Standby standby,
      BiConsumer<HttpServerRequest, String> forward,
      BooleanSupplier reaches,
      Antechamber antechamber) {
    this.standing = standing;
    this.standby = standby;
    this.forward = forward;
    this.reaches = reaches;
    this.antechamber = antechamber;
  }

  /** It was elected, and is about to read the registry. */
  void expect() {
    antechamber.open();
  }

  /** The registry has been read. */
  void open() {
    open = Open.ALL;
    antechamber.close();
  }

  /** There is a term, and it is an empty one. */
  void standBy() {
    open = Open.LOCALLY;
    antechamber.close();
  }

  /** It leads no longer. */
  void close() {
    open = Open.LOCALLY;
    antechamber.close();
  }

  /** How many requests were refused because this master does not lead, or not yet. */
  long refused() {
    return refused.sum();
  }

  /** Whether frameworks and agents get an answer here, from this master or by it. */
  boolean serves() {
    return switch (standing.get()) {
      case Standing.Leading() -> open == Open.ALL;
      case Standing.Following following ->
          open != Open.NOTHING && (standby == Standby.redirect || reaches.getAsBoolean());
      case Standing.Leaderless() -> false;
    };
  }

  @Override
  public boolean holds(Endpoint endpoint, Consumer<Runnable> letIn) {
    return !endpoint.local()
        && open != Open.ALL
        && standing.get() instanceof Standing.Leading
        && antechamber.keep(endpoint.internal(), letIn);
  }

  @Override
  public boolean takes(Endpoint endpoint, HttpServerRequest request) {
    if (isForwarded(endpoint) && standing.get() instanceof Standing.Following(var leader)) {
      forward.accept(request, leader);
      return true;
    }
    return false;
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
    if (endpoint.local()) {
      return open == Open.NOTHING ? Optional.of(recovering()) : Optional.empty();
    }
    return switch (standing.get()) {
      case Standing.Following(var leader) ->
          isForwarded(endpoint)
              ? Optional.empty()
              : Optional.of(Answer.redirect(location(leader, request)));
      case Standing.Leaderless() -> Optional.of(leaderless());
      case Standing.Leading() -> open == Open.ALL ? Optional.empty() : Optional.of(recovering());
    };
  }

  /** Agents are sent on: they stay, and there are many. */
  private boolean isForwarded(Endpoint endpoint) {
    return standby == Standby.proxy && !endpoint.local() && !endpoint.internal();
  }

  /** What is answered while nobody can. */
  static Answer leaderless() {
    return Answer.unavailable("No leader elected", 1);
  }

  private static Answer recovering() {
    return Answer.unavailable("Master has not finished recovery", 1);
  }

  private static String location(String leader, HttpServerRequest request) {
    var path = request.path();
    var query = request.query() == null ? "" : "?" + request.query();
    var prefix = path.startsWith(MasterEndpoints.PREFIX + "/") ? "" : MasterEndpoints.PREFIX;
    return "//" + leader + prefix + path + query;
  }
}
