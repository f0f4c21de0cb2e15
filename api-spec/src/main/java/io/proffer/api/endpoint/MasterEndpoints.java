package io.proffer.api.endpoint;

import static io.proffer.api.endpoint.Endpoint.AnswerKind.EMPTY;
import static io.proffer.api.endpoint.Endpoint.AnswerKind.MESSAGE;
import static io.proffer.api.endpoint.Endpoint.AnswerKind.RECORDS;

import io.proffer.api.internal.FromAgent;
import io.proffer.api.internal.Subscribe;
import java.util.List;

/** What a master answers. */
public final class MasterEndpoints {
  /** The prefix of a master's paths. */
  public static final String PREFIX = "/master";

  public static final Endpoint SCHEDULER =
      Endpoint.call(
          "/api/v1/scheduler",
          io.proffer.api.v1.scheduler.Call.getDefaultInstance(),
          RECORDS,
          "Calls of frameworks; SUBSCRIBE opens the stream of events.");
  public static final Endpoint OPERATOR =
      Endpoint.call(
          "/api/v1",
          io.proffer.api.v1.master.Call.getDefaultInstance(),
          MESSAGE,
          "Calls of operators and their tools.");
  public static final Endpoint AGENT_SUBSCRIBE =
      Endpoint.call(
              "/api/internal/agent/subscribe",
              Subscribe.getDefaultInstance(),
              RECORDS,
              "An agent opens its session.")
          .betweenOurselves();
  public static final Endpoint AGENT_RECORDS =
      Endpoint.call(
              "/api/internal/agent/records",
              FromAgent.getDefaultInstance(),
              MESSAGE,
              "An agent sends what waits in its session.")
          .betweenOurselves();

  public static final Endpoint HEALTH =
      Endpoint.read("/health", "200 while the process serves.").answering(EMPTY).answeredLocally();
  public static final Endpoint VERSION =
      Endpoint.read("/version", "Versions and build.").plainOnly().answeredLocally();
  public static final Endpoint REDIRECT =
      Endpoint.read("/redirect", "Sends to the leading master.").answering(EMPTY).answeredLocally();
  public static final Endpoint STATE = Endpoint.read("/state", "Agents, frameworks and tasks.");
  public static final Endpoint AGENTS = Endpoint.read("/slaves", "Agents.");
  public static final Endpoint FRAMEWORKS = Endpoint.read("/frameworks", "Frameworks.");
  public static final Endpoint TASKS = Endpoint.read("/tasks", "Tasks, a page at a time.");

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
          TASKS);

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
