package io.proffer.master.http;

import io.proffer.api.http.Answer;
import io.proffer.api.http.Calls;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.MediaType;
import io.proffer.api.v1.master.Call;
import io.proffer.api.v1.master.Response;
import io.proffer.api.version.Version;
import io.proffer.master.core.fact.Snapshot;
import io.proffer.master.words.Times;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** POST /api/v1 (operator-api, section 1): the reads there are so far, 501 for the other calls. */
public final class OperatorEndpoint implements Consumer<Exchange> {
  private final Snapshots snapshots;
  private final OperatorSubscribe subscribe;

  /**
   * @param ids names for streams
   */
  public OperatorEndpoint(Snapshots snapshots, EventFeed feed, Supplier<String> ids) {
    this.snapshots = snapshots;
    this.subscribe = new OperatorSubscribe(snapshots, feed, ids);
  }

  @Override
  public void accept(Exchange exchange) {
    Calls.read(exchange, Call.getDefaultInstance(), (call, type) -> check(exchange, call));
  }

  private void check(Exchange exchange, Call call) {
    if (!call.hasType()) {
      exchange.answer(
          Answer.text(400, "Failed to validate master::Call: Expecting 'type' to be present"));
      return;
    }
    var accepted = Calls.accepted(exchange);
    if (accepted.isEmpty()) {
      exchange.answer(Calls.notAcceptable());
      return;
    }
    answer(exchange, call.getType(), accepted.get());
  }

  @SuppressWarnings("deprecation") // the wire still has the old calls
  private void answer(Exchange exchange, Call.Type call, MediaType type) {
    switch (call) {
      case GET_HEALTH ->
          send(
              exchange,
              type,
              Response.newBuilder()
                  .setType(Response.Type.GET_HEALTH)
                  .setGetHealth(Response.GetHealth.newBuilder().setHealthy(true)));
      case GET_VERSION ->
          send(
              exchange,
              type,
              Response.newBuilder()
                  .setType(Response.Type.GET_VERSION)
                  .setGetVersion(Response.GetVersion.newBuilder().setVersionInfo(Version.info())));
      case GET_MASTER ->
          snapshots.read(exchange, snapshot -> send(exchange, type, master(snapshot)));
      case GET_AGENTS -> stream(exchange, type, V1Documents::agents);
      case GET_FRAMEWORKS -> stream(exchange, type, V1Documents::frameworks);
      case GET_TASKS -> stream(exchange, type, V1Documents::tasks);
      case GET_EXECUTORS -> stream(exchange, type, V1Documents::executors);
      case GET_STATE -> stream(exchange, type, V1Documents::state);
      case SUBSCRIBE -> subscribe.accept(exchange, type);
      case UNKNOWN,
          GET_FLAGS,
          GET_METRICS,
          GET_LOGGING_LEVEL,
          SET_LOGGING_LEVEL,
          LIST_FILES,
          READ_FILE,
          GET_OPERATIONS,
          GET_ROLES,
          GET_WEIGHTS,
          UPDATE_WEIGHTS,
          RESERVE_RESOURCES,
          UNRESERVE_RESOURCES,
          CREATE_VOLUMES,
          DESTROY_VOLUMES,
          GROW_VOLUME,
          SHRINK_VOLUME,
          GET_MAINTENANCE_STATUS,
          GET_MAINTENANCE_SCHEDULE,
          UPDATE_MAINTENANCE_SCHEDULE,
          START_MAINTENANCE,
          STOP_MAINTENANCE,
          DRAIN_AGENT,
          DEACTIVATE_AGENT,
          REACTIVATE_AGENT,
          GET_QUOTA,
          UPDATE_QUOTA,
          SET_QUOTA,
          REMOVE_QUOTA,
          TEARDOWN,
          MARK_AGENT_GONE ->
          exchange.answer(Answer.bare(501));
    }
  }

  private static Response.Builder master(Snapshot snapshot) {
    var facts = snapshot.master();
    return Response.newBuilder()
        .setType(Response.Type.GET_MASTER)
        .setGetMaster(
            Response.GetMaster.newBuilder()
                .setMasterInfo(facts.info())
                .setStartTime(Times.seconds(facts.started()))
                .setElectedTime(Times.seconds(facts.elected())));
  }

  private void stream(Exchange exchange, MediaType type, Function<Snapshot, Document> document) {
    snapshots.read(
        exchange,
        snapshot ->
            exchange.answerMessage(type, out -> document.apply(snapshot).writeTo(out, type)));
  }

  private static void send(Exchange exchange, MediaType type, Response.Builder response) {
    exchange.answer(Answer.of(200, type.text(), Calls.encode(response.build(), type)));
  }
}
