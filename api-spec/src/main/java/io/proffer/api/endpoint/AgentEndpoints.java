package io.proffer.api.endpoint;

import static io.proffer.api.endpoint.Endpoint.AnswerKind.EMPTY;
import static io.proffer.api.endpoint.Endpoint.AnswerKind.FILE;
import static io.proffer.api.endpoint.Endpoint.AnswerKind.MESSAGE;
import static io.proffer.api.endpoint.Endpoint.AnswerKind.RECORDS;

import io.proffer.api.v1.agent.Call;
import io.proffer.api.v1.agent.ProcessIO;
import io.proffer.api.v1.agent.Response;
import java.util.List;

/** What an agent answers. */
public final class AgentEndpoints {
  /** The prefix of an agent's paths; the spelling is the wire's. */
  public static final String PREFIX = "/slave(1)";

  private static final Parameter PATH =
      Parameter.query("path", "Of the file or directory, as the agent shows it.").always();

  public static final Endpoint OPERATOR =
      Endpoint.call(
          "/api/v1",
          Access.READ_WRITE,
          Call.getDefaultInstance(),
          MESSAGE,
          "Calls of operators and their tools.",
          Contract.message(Response.getDefaultInstance())
              .streaming(ProcessIO.getDefaultInstance())
              .answeringOnly(
                  Call.Type.values(),
                  Call.Type.GET_HEALTH,
                  Call.Type.GET_FLAGS,
                  Call.Type.GET_VERSION,
                  Call.Type.GET_METRICS,
                  Call.Type.GET_LOGGING_LEVEL,
                  Call.Type.SET_LOGGING_LEVEL,
                  Call.Type.LIST_FILES,
                  Call.Type.READ_FILE,
                  Call.Type.GET_STATE,
                  Call.Type.GET_CONTAINERS,
                  Call.Type.GET_FRAMEWORKS,
                  Call.Type.GET_EXECUTORS,
                  Call.Type.GET_TASKS,
                  Call.Type.GET_OPERATIONS,
                  Call.Type.GET_RESOURCE_PROVIDERS,
                  Call.Type.GET_AGENT));
  public static final Endpoint EXECUTOR =
      Endpoint.call(
          "/api/v1/executor",
          Access.EXECUTORS,
          io.proffer.api.v1.executor.Call.getDefaultInstance(),
          RECORDS,
          "Calls of executors; SUBSCRIBE opens the stream of events.",
          Contract.NONE.streaming(io.proffer.api.v1.executor.Event.getDefaultInstance()));
  public static final Endpoint HEALTH =
      Endpoint.read("/health", Access.OPEN, "200 while the process serves.", Contract.NONE)
          .answering(EMPTY)
          .answeredLocally();
  public static final Endpoint VERSION =
      Endpoint.read("/version", Access.OPEN, "Versions and build.", Contract.document("Version"))
          .plainOnly()
          .answeredLocally();
  public static final Endpoint STATE =
      Endpoint.read(
          "/state",
          Access.READ_ONLY,
          "Resources, frameworks, executors and tasks of this agent.",
          Contract.document("AgentState"));

  public static final Endpoint FLAGS =
      Endpoint.read(
          "/flags",
          Access.READ_ONLY,
          "The flags this agent runs with.",
          Contract.document("Flags"));
  public static final Endpoint CONTAINERS =
      Endpoint.read(
          "/containers",
          Access.READ_ONLY,
          "The containers of running tasks, and what they use.",
          Contract.document("Containers")
              .with(
                  Parameter.query("container_id", "Only this one."),
                  Parameter.query("framework_id", "Only those of this framework."),
                  Parameter.query(
                      "executor_id", "Only that of this executor; needs `framework_id`.")));
  public static final Endpoint PENDING =
      Endpoint.read(
          "/containerizer/debug",
          Access.READ_ONLY,
          "What the containerizer was asked for and has not done yet.",
          Contract.document("PendingOperations"));
  public static final Endpoint STATISTICS =
      Endpoint.read(
          "/monitor/statistics",
          Access.READ_ONLY,
          "What containers use.",
          Contract.document("Statistics"));
  public static final Endpoint METRICS =
      Endpoint.read(
              "/metrics/snapshot",
              Access.READ_ONLY,
              "Figures about the agent, one flat object.",
              Contract.document("Metrics").with(PageEndpoints.METRICS_TIMEOUT))
          .plainOnly();
  public static final Endpoint PROMETHEUS =
      Endpoint.read(
              "/metrics/prometheus",
              Access.READ_ONLY,
              "Figures about the agent, with labels, as Prometheus scrapes them.",
              Contract.file("text/plain"))
          .plainOnly()
          .answering(FILE);

  public static final Endpoint FILES_BROWSE =
      Endpoint.read(
              "/files/browse",
              Access.READ_ONLY,
              "The entries of a directory of a sandbox.",
              Contract.document("Directory").with(PATH))
          .plainOnly();
  public static final Endpoint FILES_READ =
      Endpoint.read(
              "/files/read",
              Access.READ_ONLY,
              "A piece of a file of a sandbox, as text.",
              Contract.document("FilePiece")
                  .with(
                      PATH,
                      Parameter.number(
                          "offset", "Where to begin, in bytes; -1 or nothing asks for the size."),
                      Parameter.number(
                          "length", "How many bytes, at most 64 KiB; -1 or nothing for that.")))
          .plainOnly();
  public static final Endpoint FILES_DOWNLOAD =
      Endpoint.read(
              "/files/download",
              Access.READ_ONLY,
              "A whole file of a sandbox.",
              Contract.file("application/octet-stream")
                  .with(
                      PATH,
                      Parameter.header(
                          "Range", "`bytes=FROM-TO`: only that part of it, answered with 206.")))
          .plainOnly()
          .answering(FILE);

  public static final Endpoint FILES_DEBUG =
      Endpoint.read(
              "/files/debug",
              Access.READ_ONLY,
              "The paths under which sandboxes are served, and the directories they lead to.",
              Contract.document("AttachedPaths"))
          .plainOnly();

  private static final List<Endpoint> ALL =
      List.of(
          OPERATOR,
          EXECUTOR,
          HEALTH,
          VERSION,
          FLAGS,
          STATE,
          CONTAINERS,
          PENDING,
          STATISTICS,
          METRICS,
          PROMETHEUS,
          FILES_BROWSE,
          FILES_READ,
          FILES_DOWNLOAD,
          FILES_DEBUG,
          PageEndpoints.LOGGING,
          PageEndpoints.SYSTEM,
          LockEndpoints.RELOAD,
          PageEndpoints.OPENAPI,
          PageEndpoints.DOCS);

  private AgentEndpoints() {}

  /** Every endpoint of an agent. */
  public static List<Endpoint> all() {
    return ALL;
  }

  /** The table an agent's router reads. */
  public static RouteTable table() {
    return new RouteTable(PREFIX, ALL);
  }
}
