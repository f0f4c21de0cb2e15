package io.proffer.master.http;

import com.google.protobuf.ByteString;
import io.proffer.api.acl.Rights;
import io.proffer.api.auth.Authorizer;
import io.proffer.api.files.FileCalls;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Calls;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.MediaType;
import io.proffer.api.id.AgentId;
import io.proffer.api.id.FrameworkId;
import io.proffer.api.process.Verbosity;
import io.proffer.api.v1.master.Call;
import io.proffer.api.v1.master.Response;
import io.proffer.master.core.command.OperatorCommand;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.sight.Sight;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** POST /api/v1 (operator-api, section 1): reads, and the changes there are so far; else 501. */
public final class OperatorEndpoint implements Consumer<Exchange> {
  private final Snapshots snapshots;
  private final Reads reads;
  private final Changes changes;
  private final OperatorSubscribe subscribe;
  private final Sources sources;

  /**
   * What answers are made of, besides the tables of the core.
   *
   * @param description what the master says of itself
   * @param authorizer says what those who call may do
   */
  public record Sources(
      PlainEndpoints.Description description,
      Figures figures,
      FileCalls files,
      Verbosity verbosity,
      Authorizer authorizer) {}

  /** Where figures come from. */
  @FunctionalInterface
  public interface Figures {
    /**
     * Gathers those of now, without what is not ready in time.
     *
     * @param limit how long to wait, when it is not the usual
     * @param take called on any thread with who tells them, which may block
     */
    void gather(Optional<Duration> limit, Consumer<Supplier<Map<String, Double>>> take);
  }

  /**
   * @param ids names for streams
   */
  public OperatorEndpoint(
      Snapshots snapshots,
      Reads reads,
      Changes changes,
      EventFeed feed,
      Supplier<String> ids,
      Sources sources) {
    this.snapshots = snapshots;
    this.reads = reads;
    this.changes = changes;
    this.subscribe = new OperatorSubscribe(snapshots, reads, feed, ids, sources.authorizer());
    this.sources = sources;
  }

  @Override
  public void accept(Exchange exchange) {
    Calls.read(exchange, Call.getDefaultInstance(), (call, type) -> check(exchange, call));
  }

  private void check(Exchange exchange, Call call) {
    var violation = OperatorShape.check(call);
    if (violation.isPresent()) {
      exchange.answer(Answer.text(400, "Failed to validate master::Call: " + violation.get()));
      return;
    }
    var accepted = Calls.accepted(exchange);
    if (accepted.isEmpty()) {
      exchange.answer(Calls.notAcceptable());
      return;
    }
    var rights = sources.authorizer().rights(exchange.principal());
    if (OperatorRights.allow(rights, call.getType())) {
      answer(exchange, call, accepted.get(), rights);
    } else {
      exchange.answer(Answer.bare(403));
    }
  }

  @SuppressWarnings("deprecation") // the wire still has the old calls
  private void answer(Exchange exchange, Call call, MediaType type, Rights rights) {
    switch (call.getType()) {
      case GET_HEALTH -> send(exchange, type, V1Messages.health());
      case GET_VERSION -> send(exchange, type, V1Messages.version());
      case GET_FLAGS -> send(exchange, type, V1Messages.flags(sources.description().flags()));
      case GET_METRICS -> metrics(exchange, type, call.getGetMetrics());
      case GET_LOGGING_LEVEL ->
          send(exchange, type, V1Messages.loggingLevel(sources.verbosity().level()));
      case SET_LOGGING_LEVEL -> {
        var wanted = call.getSetLoggingLevel();
        sources
            .verbosity()
            .set(wanted.getLevel(), Duration.ofNanos(wanted.getDuration().getNanoseconds()));
        exchange.answer(Answer.empty(200));
      }
      case LIST_FILES ->
          sources
              .files()
              .list(exchange, type, call.getListFiles().getPath(), V1Messages::listFiles);
      case READ_FILE -> read(exchange, type, call.getReadFile());
      case GET_MASTER -> read(exchange, type, V1Messages::master);
      case GET_AGENTS -> list(exchange, call, type, rights, V1Documents::agents);
      case GET_FRAMEWORKS -> list(exchange, call, type, rights, V1Documents::frameworks);
      case GET_TASKS -> list(exchange, call, type, rights, V1Documents::tasks);
      case GET_EXECUTORS -> list(exchange, call, type, rights, V1Documents::executors);
      case GET_STATE -> list(exchange, call, type, rights, V1Documents::state);
      case SUBSCRIBE -> subscribe.accept(exchange, type);
      case GET_ROLES -> roles(exchange, type, Sight.of(rights));
      case GET_OPERATIONS -> send(exchange, type, V1Messages.noOperations());
      case GET_WEIGHTS ->
          read(exchange, type, snapshot -> RoleMessages.weights(snapshot.roles(), rights));
      case GET_QUOTA ->
          read(exchange, type, snapshot -> RoleMessages.quotas(snapshot.roles(), rights));
      case UPDATE_WEIGHTS, UPDATE_QUOTA, SET_QUOTA, REMOVE_QUOTA ->
          changes.ask(exchange, replyTo -> RoleCommands.of(call, rights, replyTo));
      case GET_MAINTENANCE_STATUS ->
          read(
              exchange,
              type,
              snapshot -> V1Messages.maintenanceStatus(Sight.of(rights).of(snapshot)));
      case GET_MAINTENANCE_SCHEDULE -> read(exchange, type, V1Messages::maintenanceSchedule);
      case TEARDOWN ->
          changes.ask(
              exchange,
              replyTo ->
                  new OperatorCommand.Teardown(
                      FrameworkId.of(call.getTeardown().getFrameworkId()), rights, replyTo));
      case DEACTIVATE_AGENT ->
          changes.ask(
              exchange,
              replyTo ->
                  new OperatorCommand.Deactivate(
                      AgentId.of(call.getDeactivateAgent().getAgentId()), replyTo));
      case UPDATE_MAINTENANCE_SCHEDULE ->
          changes.ask(
              exchange,
              replyTo ->
                  new OperatorCommand.UpdateSchedule(
                      call.getUpdateMaintenanceSchedule().getSchedule(), replyTo));
      case START_MAINTENANCE ->
          changes.ask(
              exchange,
              replyTo ->
                  new OperatorCommand.StartMaintenance(
                      call.getStartMaintenance().getMachinesList(), replyTo));
      case STOP_MAINTENANCE ->
          changes.ask(
              exchange,
              replyTo ->
                  new OperatorCommand.StopMaintenance(
                      call.getStopMaintenance().getMachinesList(), replyTo));
      case DRAIN_AGENT ->
          changes.ask(
              exchange,
              replyTo ->
                  new OperatorCommand.Drain(
                      AgentId.of(call.getDrainAgent().getAgentId()),
                      OperatorShape.config(call.getDrainAgent()),
                      rights,
                      replyTo));
      case REACTIVATE_AGENT ->
          changes.ask(
              exchange,
              replyTo ->
                  new OperatorCommand.Reactivate(
                      AgentId.of(call.getReactivateAgent().getAgentId()), replyTo));
      case MARK_AGENT_GONE ->
          changes.ask(
              exchange,
              replyTo ->
                  new OperatorCommand.MarkGone(
                      AgentId.of(call.getMarkAgentGone().getAgentId()), replyTo));
      case UNKNOWN,
          RESERVE_RESOURCES,
          UNRESERVE_RESOURCES,
          CREATE_VOLUMES,
          DESTROY_VOLUMES,
          GROW_VOLUME,
          SHRINK_VOLUME ->
          exchange.answer(Answer.bare(501));
    }
  }

  private void metrics(Exchange exchange, MediaType type, Call.GetMetrics wanted) {
    var limit =
        wanted.hasTimeout()
            ? Optional.of(Duration.ofNanos(wanted.getTimeout().getNanoseconds()))
            : Optional.<Duration>empty();
    sources
        .figures()
        .gather(
            limit,
            figures ->
                exchange.answerMessage(
                    type, out -> out.write(Calls.encode(V1Messages.metrics(figures.get()), type))));
  }

  private void read(Exchange exchange, MediaType type, Call.ReadFile wanted) {
    var length = wanted.hasLength() ? wanted.getLength() : -1;
    sources
        .files()
        .read(
            exchange,
            type,
            new FileCalls.Piece(wanted.getPath(), wanted.getOffset(), length),
            slice -> V1Messages.readFile(slice.size(), ByteString.copyFrom(slice.bytes())));
  }

  private void roles(Exchange exchange, MediaType type, Sight sight) {
    var page = Page.of(exchange::query);
    var framework = PlainRoles.framework(exchange);
    read(exchange, type, snapshot -> V1Messages.roles(snapshot, page, framework, sight));
  }

  private void list(
      Exchange exchange,
      Call call,
      MediaType type,
      Rights rights,
      Function<View, Document> document) {
    reads.v1(exchange, type, Sight.of(rights), call.getType().name(), document);
  }

  /** Words a snapshot on a worker: it may be long. */
  private void read(Exchange exchange, MediaType type, Function<Snapshot, Response> words) {
    snapshots.read(
        exchange,
        snapshot ->
            exchange.answerMessage(
                type, out -> out.write(Calls.encode(words.apply(snapshot), type))));
  }

  private static void send(Exchange exchange, MediaType type, Response response) {
    exchange.answer(Answer.of(200, type.text(), Calls.encode(response, type)));
  }
}
