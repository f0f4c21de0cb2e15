package io.proffer.master.http;

import io.proffer.api.auth.Authorizer;
import io.proffer.api.endpoint.Endpoint;
import io.proffer.api.endpoint.MasterEndpoints;
import io.proffer.api.endpoint.QuotaEndpoints;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.master.core.fact.Agent;
import io.proffer.master.core.fact.Framework;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.sight.Sight;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The plain endpoints (operator-api, section 3): any method, JSON, read from snapshots. */
public final class PlainEndpoints {
  private final Reads reads;
  private final Description description;
  private final Authorizer authorizer;
  private final Exclusion exclusion;

  /** Which agents the offer constraints of a framework exclude for a role: the allocator knows. */
  public interface Exclusion {
    Predicate<Agent> of(Framework framework, String role);
  }

  /**
   * What a master says of itself besides its tables.
   *
   * @param cluster the name given to the cluster
   * @param flags names and values of its flags
   */
  public record Description(Optional<String> cluster, Map<String, String> flags) {}

  public PlainEndpoints(
      Reads reads, Description description, Authorizer authorizer, Exclusion exclusion) {
    this.exclusion = exclusion;
    this.reads = reads;
    this.authorizer = authorizer;
    this.description = description;
  }

  /** What the master says of itself. */
  public Description description() {
    return description;
  }

  /** Who answers what. */
  public Map<Endpoint, Consumer<Exchange>> table() {
    return Map.ofEntries(
        Map.entry(MasterEndpoints.HEALTH, exchange -> exchange.answer(Answer.empty(200))),
        Map.entry(MasterEndpoints.VERSION, e -> e.answerJson(PlainDocuments::version)),
        Map.entry(MasterEndpoints.FLAGS, this::flags),
        Map.entry(MasterEndpoints.STATE, this::state),
        Map.entry(MasterEndpoints.SUMMARY, this::summary),
        Map.entry(MasterEndpoints.AGENTS, this::agents),
        Map.entry(MasterEndpoints.FRAMEWORKS, this::frameworks),
        Map.entry(MasterEndpoints.TASKS, this::tasks),
        Map.entry(QuotaEndpoints.ROLES, this::roles),
        Map.entry(MasterEndpoints.REGISTRY, this::registry),
        Map.entry(MasterEndpoints.OFFER_CONSTRAINTS, this::constraints));
  }

  private void state(Exchange exchange) {
    var sight = sight(exchange);
    reads.withFlags(
        exchange,
        sight,
        "state",
        Page.of(exchange::query),
        (view, page, draft) ->
            PlainDocuments.state(view, page, description, sight.ofFlags(), draft));
  }

  /** Has {@code /state} encoded for whoever reads it next. Not for event loops. */
  public void readAhead(Snapshot snapshot) throws IOException {
    reads.ahead(
        snapshot,
        "state",
        (view, page, draft) -> PlainDocuments.state(view, page, description, true, draft));
  }

  /** What the one who asks may see, by the rules that hold as it asks. */
  private Sight sight(Exchange exchange) {
    return Sight.of(authorizer.rights(exchange.principal()));
  }

  /** The flags that say what this master is. */
  private void flags(Exchange exchange) {
    exchange.answerJson(out -> PlainDocuments.flags(description.flags(), out));
  }

  private void summary(Exchange exchange) {
    reads.plain(
        exchange,
        sight(exchange),
        "state-summary",
        Page.of(exchange::query),
        (view, page, draft) -> PlainSummary.write(view, page, description.cluster(), draft));
  }

  private void agents(Exchange exchange) {
    reads.plain(
        exchange, sight(exchange), "slaves", Page.of(exchange::query), PlainDocuments::agents);
  }

  private void frameworks(Exchange exchange) {
    reads.plain(
        exchange,
        sight(exchange),
        "frameworks",
        Page.of(exchange::query),
        PlainDocuments::frameworks);
  }

  private void tasks(Exchange exchange) {
    reads.plain(
        exchange, sight(exchange), "tasks", Page.ofTasks(exchange::query), PlainDocuments::tasks);
  }

  private void registry(Exchange exchange) {
    reads.plain(
        exchange,
        sight(exchange),
        "registry",
        Page.WHOLE,
        (view, page, draft) -> PlainRegistry.write(view, draft));
  }

  private void constraints(Exchange exchange) {
    reads.plain(
        exchange,
        sight(exchange),
        "offer-constraints",
        Page.WHOLE,
        (view, page, draft) -> PlainConstraints.write(view, exclusion, draft));
  }

  /** Roles have sums over what each of their frameworks has, also of those that are hidden. */
  private void roles(Exchange exchange) {
    var sight = sight(exchange);
    var framework = PlainRoles.framework(exchange);
    reads.judged(
        exchange,
        sight,
        "roles",
        Page.of(exchange::query),
        (view, page, draft) -> PlainRoles.write(view, page, framework, sight, draft));
  }
}
