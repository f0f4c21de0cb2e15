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
          io.proffer.api.v1.scheduler.Call.getDefaultInstance(),
          RECORDS,
          "Calls of frameworks; SUBSCRIBE opens the stream of events.",
          Contract.NONE
              .streaming(io.proffer.api.v1.scheduler.Event.getDefaultInstance())
              .with(
                  Parameter.header(
                      STREAM_ID, "Of the framework's stream; with every call but SUBSCRIBE."),
                  Parameter.streamHeader(STREAM_ID, "To be sent with every other call.")));
  public static final Endpoint OPERATOR =
      Endpoint.call(
          "/api/v1",
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
                  Call.Type.SUBSCRIBE)
              .with(
                  Parameter.header(
                      "Last-Event-ID",
                      "With SUBSCRIBE: the `event_id` that was heard last; only later events come,"
                          + " as long as they are kept.")));
  public static final Endpoint AGENT_SUBSCRIBE =
      Endpoint.call(
              "/api/internal/agent/subscribe",
              Subscribe.getDefaultInstance(),
              RECORDS,
              "An agent opens its session.",
              Contract.NONE.streaming(ToAgent.getDefaultInstance()))
          .betweenOurselves();
  public static final Endpoint AGENT_RECORDS =
      Endpoint.call(
              "/api/internal/agent/records",
              FromAgent.getDefaultInstance(),
              MESSAGE,
              "An agent sends what waits in its session.",
              Contract.message(Accepted.getDefaultInstance()))
          .betweenOurselves();

  public static final Endpoint HEALTH =
      Endpoint.read("/health", "200 while the process serves.", Contract.NONE)
          .answering(EMPTY)
          .answeredLocally();
  public static final Endpoint VERSION =
      Endpoint.read("/version", "Versions and build.", Contract.document("Version"))
          .plainOnly()
          .answeredLocally();
  public static final Endpoint REDIRECT =
      Endpoint.read("/redirect", "Sends to the leading master.", Contract.NONE)
          .answering(EMPTY)
          .answeredLocally();
  public static final Endpoint STATE =
      Endpoint.read("/state", "Agents, frameworks and tasks.", Contract.document("MasterState"));
  public static final Endpoint AGENTS =
      Endpoint.read(
          "/slaves",
          "Agents.",
          Contract.document("Agents")
              .with(Parameter.query("slave_id", "Only the agent with this id.")));
  public static final Endpoint FRAMEWORKS =
      Endpoint.read(
          "/frameworks",
          "Frameworks.",
          Contract.document("Frameworks")
              .with(Parameter.query("framework_id", "Only the framework with this id.")));
  public static final Endpoint TASKS =
      Endpoint.read(
          "/tasks",
          "Tasks, a page at a time.",
          Contract.document("Tasks")
              .with(
                  Parameter.number("limit", "How many at most; 100 when not given."),
                  Parameter.number("offset", "How many to leave out first."),
                  Parameter.query(
                      "order", "`asc`: the oldest first; anything else: the newest first."),
                  Parameter.query("framework_id", "Only tasks of this framework."),
                  Parameter.query("task_id", "Only tasks with this id.")));
  public static final Endpoint AGENT_FILES =
      Endpoint.read(
              "/agents/files/download",
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
              "Figures about the master, one flat object.",
              Contract.document("Metrics").with(PageEndpoints.METRICS_TIMEOUT))
          .plainOnly()
          .answeredLocally();
  public static final Endpoint PROMETHEUS =
      Endpoint.read(
              "/metrics/prometheus",
              "Figures about the master, with labels, as Prometheus scrapes them.",
              Contract.file("text/plain"))
          .plainOnly()
          .answeredLocally()
          .answering(FILE);

  private static final List<Endpoint> ALL =
      List.of(
          SCHEDULER,
          OPERATOR,
          AGENT_SUBSCRIBE,
          AGENT_RECORDS,
          HEALTH,
          VERSION,
          REDIRECT,
          STATE,
          AGENTS,
          FRAMEWORKS,
          TASKS,
          AGENT_FILES,
          METRICS,
          PROMETHEUS,
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
