package io.proffer.agent.http;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.proffer.agent.core.fact.Snapshot;
import io.proffer.api.acl.Action;
import io.proffer.api.acl.Rights;
import io.proffer.api.auth.Authorizer;
import io.proffer.api.files.FileCalls;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Calls;
import io.proffer.api.http.Exchange;
import io.proffer.api.http.MediaType;
import io.proffer.api.json.JsonCodec;
import io.proffer.api.json.JsonFormatException;
import io.proffer.api.metrics.Figures;
import io.proffer.api.metrics.MetricsEndpoints;
import io.proffer.api.process.Verbosity;
import io.proffer.api.recordio.RecordFormatException;
import io.proffer.api.recordio.RecordParser;
import io.proffer.api.v1.Flag;
import io.proffer.api.v1.Metric;
import io.proffer.api.v1.agent.Call;
import io.proffer.api.v1.agent.Response;
import io.proffer.api.version.Version;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** POST /api/v1 of an agent (operator-api, section 4.1): what it has so far, 501 for the rest. */
final class OperatorEndpoint implements Consumer<Exchange> {
  private static final String RECORDS = "application/recordio";
  private static final String TYPES =
      "application/json or application/x-protobuf or application/recordio";
  private static final Call CALL = Call.getDefaultInstance();

  private final Reads reads;
  private final Map<String, String> flags;
  private final FileCalls files;
  private final Containers containers;
  private final MetricsEndpoints<Snapshot> metrics;
  private final Verbosity verbosity;
  private final Authorizer authorizer;

  OperatorEndpoint(
      Reads reads,
      Map<String, String> flags,
      FileCalls files,
      Containers containers,
      MetricsEndpoints<Snapshot> metrics,
      Verbosity verbosity,
      Authorizer authorizer) {
    this.reads = reads;
    this.flags = flags;
    this.files = files;
    this.containers = containers;
    this.metrics = metrics;
    this.verbosity = verbosity;
    this.authorizer = authorizer;
  }

  @Override
  public void accept(Exchange exchange) {
    var contentType = exchange.header("Content-Type").orElse("");
    var ofRecords = exchange.header("Message-Content-Type");
    if (contentType.equals(RECORDS)) {
      if (ofRecords.isEmpty()) {
        refuse(exchange, 400, "Expecting 'Message-Content-Type' to be set for streaming requests");
      } else {
        records(exchange, ofRecords.get());
      }
    } else if (!contentType.isEmpty() && MediaType.ofContent(contentType).isEmpty()) {
      refuse(exchange, 415, "Expecting 'Content-Type' of " + TYPES);
    } else if (!contentType.isEmpty() && ofRecords.isPresent()) {
      refuse(
          exchange,
          415,
          "Expecting 'Message-Content-Type' to be not set for non-streaming requests");
    } else {
      Calls.read(exchange, CALL, (call, type) -> check(exchange, call));
    }
  }

  /** No call that streams its request is answered yet; the first record says which it is. */
  private static void records(Exchange exchange, String contentType) {
    var type = MediaType.ofContent(contentType);
    if (type.isEmpty()) {
      refuse(
          exchange,
          415,
          "Expecting 'Message-Content-Type' of application/json or application/x-protobuf");
      return;
    }
    try {
      var records = new RecordParser(exchange.body().length).read(exchange.body());
      if (records.isEmpty()) {
        refuse(exchange, 400, "Expecting a first record with a call, but there is none");
        return;
      }
      var call =
          switch (type.get()) {
            case JSON -> JsonCodec.decode(records.getFirst(), CALL);
            case PROTOBUF -> Call.parseFrom(records.getFirst());
          };
      var wrong = CallShape.check(call);
      if (wrong.isPresent()) {
        refuse(exchange, 400, invalid(wrong.get()));
      } else if (call.getType() == Call.Type.ATTACH_CONTAINER_INPUT) {
        exchange.answer(Answer.bare(501));
      } else {
        refuse(
            exchange,
            415,
            "Streaming 'Content-Type' application/recordio is not supported for "
                + call.getType()
                + " call");
      }
    } catch (RecordFormatException | InvalidProtocolBufferException e) {
      refuse(exchange, 400, "Failed to parse body into Call: " + e.getMessage());
    } catch (JsonFormatException e) {
      refuse(exchange, 400, e.sentence("Call"));
    }
  }

  private void check(Exchange exchange, Call call) {
    var wrong = CallShape.check(call);
    if (wrong.isPresent()) {
      refuse(exchange, 400, invalid(wrong.get()));
      return;
    }
    if (call.getType() == Call.Type.ATTACH_CONTAINER_INPUT) {
      refuse(
          exchange,
          415,
          "Expecting 'Content-Type' to be application/recordio for ATTACH_CONTAINER_INPUT call");
      return;
    }
    if (!CallShape.isAnswered(call.getType())) {
      exchange.answer(Answer.bare(501));
      return;
    }
    var accepted = Calls.accepted(exchange);
    if (accepted.isEmpty()) {
      var streams = exchange.header("Accept").filter(accept -> accept.contains(RECORDS));
      refuse(
          exchange,
          406,
          streams.isPresent()
              ? "Streaming response is not supported for " + call.getType() + " call"
              : "Expecting 'Accept' to allow " + TYPES);
    } else if (exchange.header("Message-Accept").isPresent()) {
      refuse(exchange, 406, "Expecting 'Message-Accept' to be not set for non-streaming responses");
    } else {
      var rights = authorizer.rights(exchange.principal());
      if (allows(rights, call.getType())) {
        answer(exchange, call, accepted.get(), new Sight(rights));
      } else {
        exchange.answer(Answer.bare(403));
      }
    }
  }

  /** Whether somebody may make such a call at all; of what it tells, more may be hidden. */
  @SuppressWarnings("deprecation") // the wire still has the old calls
  private static boolean allows(Rights rights, Call.Type type) {
    return switch (type) {
      case GET_FLAGS -> rights.allow(Action.VIEW_FLAGS);
      case SET_LOGGING_LEVEL -> rights.allow(Action.SET_LOG_LEVEL);
      // The reference asks nobody here, though the endpoint with the same figures is locked.
      case GET_METRICS -> rights.allow(Action.GET_ENDPOINT, "/metrics/snapshot");
      // Of these the answer leaves out what is hidden, file by file and row by row.
      case LIST_FILES,
          READ_FILE,
          GET_STATE,
          GET_CONTAINERS,
          GET_FRAMEWORKS,
          GET_EXECUTORS,
          GET_TASKS,
          GET_AGENT ->
          true;
      // These say nothing that is anybody's.
      case GET_HEALTH, GET_VERSION, GET_LOGGING_LEVEL, GET_OPERATIONS, GET_RESOURCE_PROVIDERS ->
          true;
      // Not here yet: check() has answered 501. What brings one asks for its action.
      case UNKNOWN,
          LAUNCH_NESTED_CONTAINER,
          WAIT_NESTED_CONTAINER,
          KILL_NESTED_CONTAINER,
          REMOVE_NESTED_CONTAINER,
          LAUNCH_NESTED_CONTAINER_SESSION,
          ATTACH_CONTAINER_INPUT,
          ATTACH_CONTAINER_OUTPUT,
          LAUNCH_CONTAINER,
          WAIT_CONTAINER,
          KILL_CONTAINER,
          REMOVE_CONTAINER,
          ADD_RESOURCE_PROVIDER_CONFIG,
          UPDATE_RESOURCE_PROVIDER_CONFIG,
          REMOVE_RESOURCE_PROVIDER_CONFIG,
          MARK_RESOURCE_PROVIDER_GONE,
          PRUNE_IMAGES ->
          false;
    };
  }

  @SuppressWarnings("deprecation") // the wire still has the old calls
  private void answer(Exchange exchange, Call call, MediaType type, Sight sight) {
    switch (call.getType()) {
      case GET_HEALTH ->
          send(
              exchange,
              type,
              of(Response.Type.GET_HEALTH)
                  .setGetHealth(Response.GetHealth.newBuilder().setHealthy(true)));
      case GET_FLAGS -> send(exchange, type, flags());
      case GET_VERSION ->
          send(
              exchange,
              type,
              of(Response.Type.GET_VERSION)
                  .setGetVersion(Response.GetVersion.newBuilder().setVersionInfo(Version.info())));
      case GET_METRICS -> metrics(exchange, call, type);
      case GET_LOGGING_LEVEL ->
          send(
              exchange,
              type,
              of(Response.Type.GET_LOGGING_LEVEL)
                  .setGetLoggingLevel(
                      Response.GetLoggingLevel.newBuilder().setLevel(verbosity.level())));
      case SET_LOGGING_LEVEL -> {
        var wanted = call.getSetLoggingLevel();
        verbosity.set(wanted.getLevel(), Duration.ofNanos(wanted.getDuration().getNanoseconds()));
        exchange.answer(Answer.empty(200));
      }
      case LIST_FILES -> list(exchange, type, call.getListFiles().getPath());
      case READ_FILE -> read(exchange, type, call.getReadFile());
      case GET_STATE -> read(exchange, type, snapshot -> V1Messages.state(snapshot, sight));
      case GET_CONTAINERS -> read(exchange, type, snapshot -> containers.response(snapshot, sight));
      case GET_FRAMEWORKS ->
          read(
              exchange,
              type,
              snapshot ->
                  of(Response.Type.GET_FRAMEWORKS)
                      .setGetFrameworks(V1Messages.frameworks(snapshot, sight)));
      case GET_EXECUTORS ->
          read(
              exchange,
              type,
              snapshot ->
                  of(Response.Type.GET_EXECUTORS)
                      .setGetExecutors(V1Messages.executors(snapshot, sight)));
      case GET_TASKS ->
          read(
              exchange,
              type,
              snapshot ->
                  of(Response.Type.GET_TASKS).setGetTasks(V1Messages.tasks(snapshot, sight)));
      case GET_AGENT ->
          read(
              exchange,
              type,
              snapshot ->
                  of(Response.Type.GET_AGENT).setGetAgent(V1Messages.agent(snapshot, sight)));
      // Nothing here makes operations, nor provides resources of its own yet.
      case GET_OPERATIONS ->
          send(
              exchange,
              type,
              of(Response.Type.GET_OPERATIONS)
                  .setGetOperations(Response.GetOperations.getDefaultInstance()));
      case GET_RESOURCE_PROVIDERS ->
          send(
              exchange,
              type,
              of(Response.Type.GET_RESOURCE_PROVIDERS)
                  .setGetResourceProviders(Response.GetResourceProviders.getDefaultInstance()));
      case UNKNOWN,
          LAUNCH_NESTED_CONTAINER,
          WAIT_NESTED_CONTAINER,
          KILL_NESTED_CONTAINER,
          REMOVE_NESTED_CONTAINER,
          LAUNCH_NESTED_CONTAINER_SESSION,
          ATTACH_CONTAINER_INPUT,
          ATTACH_CONTAINER_OUTPUT,
          LAUNCH_CONTAINER,
          WAIT_CONTAINER,
          KILL_CONTAINER,
          REMOVE_CONTAINER,
          ADD_RESOURCE_PROVIDER_CONFIG,
          UPDATE_RESOURCE_PROVIDER_CONFIG,
          REMOVE_RESOURCE_PROVIDER_CONFIG,
          MARK_RESOURCE_PROVIDER_GONE,
          PRUNE_IMAGES ->
          exchange.answer(Answer.bare(501));
    }
  }

  private Response.Builder flags() {
    var all = Response.GetFlags.newBuilder();
    flags.forEach((name, value) -> all.addFlags(Flag.newBuilder().setName(name).setValue(value)));
    return of(Response.Type.GET_FLAGS).setGetFlags(all);
  }

  private void metrics(Exchange exchange, Call call, MediaType type) {
    var wanted = call.getGetMetrics();
    var limit =
        wanted.hasTimeout()
            ? Optional.of(Duration.ofNanos(wanted.getTimeout().getNanoseconds()))
            : Optional.<Duration>empty();
    metrics.gather(
        limit,
        figures ->
            exchange.answerMessage(
                type, out -> out.write(Calls.encode(metrics(figures.get()).build(), type))));
  }

  private static Response.Builder metrics(Figures figures) {
    var all = Response.GetMetrics.newBuilder();
    figures
        .named()
        .forEach(
            (name, value) -> all.addMetrics(Metric.newBuilder().setName(name).setValue(value)));
    return of(Response.Type.GET_METRICS).setGetMetrics(all);
  }

  private void list(Exchange exchange, MediaType type, String path) {
    files.list(
        exchange,
        type,
        path,
        infos ->
            of(Response.Type.LIST_FILES)
                .setListFiles(Response.ListFiles.newBuilder().addAllFileInfos(infos))
                .build());
  }

  private void read(Exchange exchange, MediaType type, Call.ReadFile wanted) {
    files.read(
        exchange,
        type,
        new FileCalls.Piece(
            wanted.getPath(), wanted.getOffset(), wanted.hasLength() ? wanted.getLength() : -1),
        slice ->
            of(Response.Type.READ_FILE)
                .setReadFile(
                    Response.ReadFile.newBuilder()
                        .setSize(slice.size())
                        .setData(ByteString.copyFrom(slice.bytes())))
                .build());
  }

  /** Words a snapshot on a worker: it may be long, and containers are measured. */
  private void read(Exchange exchange, MediaType type, Function<Snapshot, Response.Builder> words) {
    reads.read(
        exchange,
        snapshot ->
            exchange.answerMessage(
                type, out -> out.write(Calls.encode(words.apply(snapshot).build(), type))));
  }

  private static void send(Exchange exchange, MediaType type, Response.Builder response) {
    exchange.answer(encoded(type, response));
  }

  private static Answer encoded(MediaType type, Response.Builder response) {
    Message message = response.build();
    return Answer.of(200, type.text(), Calls.encode(message, type));
  }

  private static Response.Builder of(Response.Type type) {
    return Response.newBuilder().setType(type);
  }

  private static String invalid(String why) {
    return "Failed to validate agent::Call: " + why;
  }

  private static void refuse(Exchange exchange, int status, String why) {
    exchange.answer(Answer.text(status, why));
  }
}
