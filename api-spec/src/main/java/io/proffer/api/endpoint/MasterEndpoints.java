package io.proffer.api.endpoint;

import static io.proffer.api.endpoint.Endpoint.AnswerKind.EMPTY;
import static io.proffer.api.endpoint.Endpoint.AnswerKind.FILE;
import static io.proffer.api.endpoint.Endpoint.AnswerKind.MESSAGE;
import static io.proffer.api.endpoint.Endpoint.AnswerKind.RECORDS;

import io.proffer.api.internal.Accepted;
import io.proffer.api.internal.FromAgent;
import io.proffer.api.internal.Subscribe;
import io.proffer.api.internal.ToAgent;
import io.proffer.api.v1.master.Call;
import io.proffer.api.v1.master.Event;
import io.proffer.api.v1.master.Response;
import java.util.List;

/** What a master answers. */
public final class MasterEndpoints {
  /** The prefix of a master's paths. */
  public static final String PREFIX = "/master";

  private static final String STREAM_ID = "Mesos-Stream-Id";

  public static final Endpoint SCHEDULER =
      Endpoint.call(
          "/api/v1/scheduler",
          Access.FRAMEWORKS,
          io.proffer.api.v1.scheduler.Call.getDefaultInstance(),
          RECORDS,
          "Calls of frameworks; SUBSCRIBE opens the stream of events.",
          Contract.NONE
              .streaming(io.proffer.api.v1.scheduler.Event.getDefaultInstance())
              .with(
                  Parameter.header(
                      STREAM_ID, "Of the framework's stream; with every call but SUBSCRIBE."),
                  Parameter.streamHeader(STREAM_ID, "To be sent with every other call.")));

  @SuppressWarnings("deprecation") // the wire still has the old calls
  public static final Endpoint OPERATOR =
      Endpoint.call(
          "/api/v1",
          Access.READ_WRITE,
          Call.getDefaultInstance(),
          MESSAGE,
          "Calls of operators and their tools.",
          Contract.message(Response.getDefaultInstance())
              .streaming(Event.getDefaultInstance())
              .answeringOnly(
                  Call.Type.values(),
                  Call.Type.GET_HEALTH,
                  Call.Type.GET_VERSION,
                  Call.Type.GET_MASTER,
                  Call.Type.GET_AGENTS,
                  Call.Type.GET_FRAMEWORKS,
                  Call.Type.GET_TASKS,
                  Call.Type.GET_EXECUTORS,
                  Call.Type.GET_STATE,
                  Call.Type.GET_FLAGS,
                  Call.Type.GET_METRICS,
                  Call.Type.GET_LOGGING_LEVEL,
                  Call.Type.SET_LOGGING_LEVEL,
                  Call.Type.LIST_FILES,
                  Call.Type.READ_FILE,
                  Call.Type.GET_OPERATIONS,
                  Call.Type.GET_ROLES,
                  Call.Type.GET_WEIGHTS,
                  Call.Type.GET_QUOTA,
                  Call.Type.GET_MAINTENANCE_STATUS,
                  Call.Type.GET_MAINTENANCE_SCHEDULE,
                  Call.Type.UPDATE_WEIGHTS,
                  Call.Type.UPDATE_QUOTA,
                  Call.Type.SET_QUOTA,
                  Call.Type.REMOVE_QUOTA,
                  Call.Type.TEARDOWN,
                  Call.Type.UPDATE_MAINTENANCE_SCHEDULE,
                  Call.Type.START_MAINTENANCE,
                  Call.Type.STOP_MAINTENANCE,
                  Call.Type.DRAIN_AGENT,
                  Call.Type.DEACTIVATE_AGENT,
                  Call.Type.REACTIVATE_AGENT,
                  Call.Type.MARK_AGENT_GONE,
                  Call.Type.SUBSCRIBE)
              .with(
                  Parameter.header(
                      "Last-Event-ID",
                      "With SUBSCRIBE: the `event_id` that was heard last; only later events come,"
                          + " as long as they are kept."),
                  Parameter.query(
                      "framework_id",
                      "With GET_STATE and the lists in it: as at `/state`; with GET_ROLES: as at"
                          + " `/roles`."),
                  Parameter.query(
                      "slave_id", "With GET_STATE and the lists in it: as at `/state`."),
                  Parameter.query("state", "The same."),
                  Parameter.number(
                      "limit",
                      "With the same, and GET_ROLES: how many of each list at most; all when not"
                          + " given."),
                  Parameter.number("offset", "The same: how many of each to leave out first."),
                  ReadParameters.ORDER));

  public static final Endpoint EXPLAIN =
      Endpoint.read(
              "/api/v1/explain",
              Access.READ_ONLY,
              "What stands between a framework and offers of the agents; ours, not the"
                  + " reference's.",
              Contract.document("Explanation")
                  .with(
                      Parameter.query("framework", "Id of the framework.").always(),
                      Parameter.query("role", "Only this one of its roles."),
                      Parameter.query("agent", "Only the registered agent with this id.")))
          .plainOnly();
  public static final Endpoint MASTERS =
      Endpoint.read(
              "/api/v1/masters",
              Access.READ_ONLY,
              "The masters of the cluster and who of them leads; ours, not the reference's.",
              Contract.document("Masters"))
          .plainOnly()
          .answeredLocally();
  public static final Endpoint AGENT_SUBSCRIBE =
      Endpoint.call(
              "/api/internal/agent/subscribe",
              Access.AGENTS,
              Subscribe.getDefaultInstance(),
              RECORDS,
              "An agent opens its session.",
              Contract.NONE.streaming(ToAgent.getDefaultInstance()))
          .betweenOurselves();
  public static final Endpoint AGENT_RECORDS =
      Endpoint.call(
              "/api/internal/agent/records",
              Access.AGENTS,
              FromAgent.getDefaultInstance(),
              MESSAGE,
              "An agent sends what waits in its session.",
              Contract.message(Accepted.getDefaultInstance()))
          .betweenOurselves();

  public static final Endpoint HEALTH =
      Endpoint.read("/health", Access.OPEN, "200 while the process serves.", Contract.NONE)
          .answering(EMPTY)
          .answeredLocally();
  public static final Endpoint READY =
      Endpoint.read(
              "/ready",
              Access.OPEN,
              "200 while this master leads, or knows who does; 503 otherwise. Ours, not the"
                  + " reference's.",
              Contract.NONE)
          .plainOnly()
          .answering(EMPTY)
          .answeredLocally();
  public static final Endpoint VERSION =
      Endpoint.read("/version", Access.OPEN, "Versions and build.", Contract.document("Version"))
          .plainOnly()
          .answeredLocally();
  public static final Endpoint REDIRECT =
      Endpoint.read("/redirect", Access.OPEN, "Sends to the leading master.", Contract.NONE)
          .answering(EMPTY)
          .answeredLocally();
  public static final Endpoint STATE =
      Endpoint.read(
          "/state",
          Access.READ_ONLY,
          "Agents, frameworks and tasks.",
          Contract.document("MasterState")
              .with(
                  ReadParameters.FRAMEWORK,
                  ReadParameters.AGENT,
                  ReadParameters.STATE,
                  ReadParameters.LIMIT,
                  ReadParameters.OFFSET,
                  ReadParameters.ORDER,
                  ReadParameters.IF_NONE_MATCH));
  public static final Endpoint AGENTS =
      Endpoint.read(
          "/slaves",
          Access.READ_ONLY,
          "Agents.",
          Contract.document("Agents")
              .with(
                  Parameter.query("slave_id", "Only the agent with this id."),
                  Parameter.query("framework_id", "Only agents with tasks of this framework."),
                  ReadParameters.STATE,
                  ReadParameters.LIMIT,
                  ReadParameters.OFFSET,
                  ReadParameters.ORDER,
                  ReadParameters.IF_NONE_MATCH));
  public static final Endpoint FRAMEWORKS =
      Endpoint.read(
          "/frameworks",
          Access.READ_ONLY,
          "Frameworks.",
          Contract.document("Frameworks")
              .with(
                  Parameter.query("framework_id", "Only the framework with this id."),
                  Parameter.query("slave_id", "Only frameworks with tasks on this agent."),
                  ReadParameters.STATE,
                  ReadParameters.LIMIT,
                  ReadParameters.OFFSET,
                  ReadParameters.ORDER,
                  ReadParameters.IF_NONE_MATCH));
  public static final Endpoint TASKS =
      Endpoint.read(
          "/tasks",
          Access.READ_ONLY,
          "Tasks, a page at a time.",
          Contract.document("Tasks")
              .with(
                  Parameter.number("limit", "How many at most; 100 when not given."),
                  ReadParameters.OFFSET,
                  Parameter.query(
                      "order", "`asc`: the oldest first; anything else: the newest first."),
                  Parameter.query("framework_id", "Only tasks of this framework."),
                  Parameter.query("task_id", "Only tasks with this id."),
                  Parameter.query("slave_id", "Only tasks of this agent."),
                  Parameter.query("state", "Only tasks in these states, separated by commas."),
                  ReadParameters.IF_NONE_MATCH));
  public static final Endpoint FLAGS =
      Endpoint.read(
              "/flags",
              Access.READ_ONLY,
              "The flags this master runs with.",
              Contract.document("Flags"))
          .answeredLocally();
  public static final Endpoint SUMMARY =
      Endpoint.read(
          "/state-summary",
          Access.READ_ONLY,
          "Agents and frameworks, with the number of their tasks in each state.",
          Contract.document("StateSummary")
              .with(
                  ReadParameters.FRAMEWORK,
                  ReadParameters.AGENT,
                  ReadParameters.STATE,
                  ReadParameters.LIMIT,
                  ReadParameters.OFFSET,
                  ReadParameters.ORDER,
                  ReadParameters.IF_NONE_MATCH));
  public static final Endpoint REGISTRY =
      Endpoint.read(
          "/registrar(1)/registry",
          Access.READ_ONLY,
          "The leading master and the agents it has admitted.",
          Contract.document("AdmittedAgents").with(ReadParameters.IF_NONE_MATCH));
  public static final Endpoint OFFER_CONSTRAINTS =
      Endpoint.read(
          "/hierarchical-allocator(1)/offer_constraints_debug",
          Access.READ_ONLY,
          "Which agents the offer constraints of each framework exclude.",
          Contract.document("OfferConstraintsDebug").with(ReadParameters.IF_NONE_MATCH));
  public static final Endpoint TEARDOWN =
      Endpoint.form(
          "/teardown",
          Access.READ_WRITE,
          "Ends a framework for good, with all its tasks.",
          Contract.NONE.with(Parameter.form("frameworkId", "Of the framework.")));

  private static final Parameter PATH =
      Parameter.query("path", "`/master/log`, the only one there is.").always();

  public static final Endpoint FILES_BROWSE =
      Endpoint.read(
              "/files/browse",
              Access.READ_ONLY,
              "The entries of a directory; a master shows none.",
              Contract.document("Directory").with(PATH))
          .plainOnly()
          .answeredLocally();
  public static final Endpoint FILES_READ =
      Endpoint.read(
              "/files/read",
              Access.READ_ONLY,
              "A piece of the log, as text; 404 when it goes to no file"
                  + " (`--log_dir`, `--external_log_file`).",
              Contract.document("FilePiece")
                  .with(
                      PATH,
                      Parameter.number(
                          "offset", "Where to begin, in bytes; -1 or nothing asks for the size."),
                      Parameter.number(
                          "length", "How many bytes, at most 64 KiB; -1 or nothing for that.")))
          .plainOnly()
          .answeredLocally();
  public static final Endpoint FILES_DOWNLOAD =
      Endpoint.read(
              "/files/download",
              Access.READ_ONLY,
              "The whole log.",
              Contract.file("application/octet-stream")
                  .with(
                      PATH,
                      Parameter.header(
                          "Range", "`bytes=FROM-TO`: only that part of it, answered with 206.")))
          .plainOnly()
          .answering(FILE)
          .answeredLocally();
  public static final Endpoint FILES_DEBUG =
      Endpoint.read(
              "/files/debug",
              Access.READ_ONLY,
              "The paths under which files are served, and where they lead.",
              Contract.document("AttachedPaths"))
          .plainOnly()
          .answeredLocally();

  public static final Endpoint AGENT_FILES =
      Endpoint.read(
              "/agents/files/download",
              Access.READ_ONLY,
              "A piece of a file of a sandbox, fetched from its agent; ours, not the reference's.",
              Contract.file("application/octet-stream")
                  .with(
                      Parameter.query("agent_id", "Of a registered agent.").always(),
                      Parameter.query("path", "Of the file, as the agent shows it.").always(),
                      Parameter.header(
                          "Range",
                          "`bytes=FROM-TO` or `bytes=FROM-`: that part, or the beginning of it"
                              + " (`--agent_file_piece`), answered with 206. Without it the file"
                              + " must not be larger.")))
          .plainOnly()
          .answering(FILE);
  public static final Endpoint METRICS =
      Endpoint.read(
              "/metrics/snapshot",
              Access.READ_ONLY,
              "Figures about the master, one flat object.",
              Contract.document("Metrics").with(PageEndpoints.METRICS_TIMEOUT))
          .plainOnly()
          .answeredLocally();
  public static final Endpoint PROMETHEUS =
      Endpoint.read(
              "/metrics/prometheus",
              Access.READ_ONLY,
              "Figures about the master, with labels, as Prometheus scrapes them.",
              Contract.file("text/plain"))
          .plainOnly()
          .answeredLocally()
          .answering(FILE);

  private static final List<Endpoint> ALL =
      List.of(
          SCHEDULER,
          OPERATOR,
          EXPLAIN,
          AGENT_SUBSCRIBE,
          AGENT_RECORDS,
          MASTERS,
          HEALTH,
          READY,
          VERSION,
          REDIRECT,
          STATE,
          AGENTS,
          FRAMEWORKS,
          TASKS,
          FLAGS,
          SUMMARY,
          QuotaEndpoints.ROLES,
          REGISTRY,
          OFFER_CONSTRAINTS,
          QuotaEndpoints.WEIGHTS,
          QuotaEndpoints.QUOTA,
          MachineEndpoints.SCHEDULE,
          MachineEndpoints.STATUS,
          MachineEndpoints.DOWN,
          MachineEndpoints.UP,
          TEARDOWN,
          FILES_BROWSE,
          FILES_READ,
          FILES_DOWNLOAD,
          FILES_DEBUG,
          AGENT_FILES,
          METRICS,
          PROMETHEUS,
          PageEndpoints.LOGGING,
          PageEndpoints.SYSTEM,
          LockEndpoints.RELOAD,
          PageEndpoints.OPENAPI,
          PageEndpoints.DOCS);

  private MasterEndpoints() {}

  /** Every endpoint of a master. */
  public static List<Endpoint> all() {
    return ALL;
  }

  /** The table a master's router reads. */
  public static RouteTable table() {
    return new RouteTable(PREFIX, ALL);
  }
}
