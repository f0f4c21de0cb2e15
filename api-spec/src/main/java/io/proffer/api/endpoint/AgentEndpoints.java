package io.proffer.api.endpoint;

import static io.proffer.api.endpoint.Endpoint.AnswerKind.EMPTY;
import static io.proffer.api.endpoint.Endpoint.AnswerKind.FILE;
import static io.proffer.api.endpoint.Endpoint.AnswerKind.MESSAGE;

import java.util.List;

/** What an agent answers. */
public final class AgentEndpoints {
  /** The prefix of an agent's paths; the spelling is the wire's. */
  public static final String PREFIX = "/slave(1)";

  public static final Endpoint OPERATOR =
      Endpoint.call(
          "/api/v1",
          io.proffer.api.v1.agent.Call.getDefaultInstance(),
          MESSAGE,
          "Calls of operators and their tools.");
  public static final Endpoint HEALTH =
      Endpoint.read("/health", "200 while the process serves.").answering(EMPTY).answeredLocally();
  public static final Endpoint VERSION =
      Endpoint.read("/version", "Versions and build.").plainOnly().answeredLocally();
  public static final Endpoint STATE =
      Endpoint.read("/state", "Resources, frameworks, executors and tasks of this agent.");

  public static final Endpoint FILES_BROWSE =
      Endpoint.read("/files/browse", "The entries of a directory of a sandbox.").plainOnly();
  public static final Endpoint FILES_READ =
      Endpoint.read("/files/read", "A piece of a file of a sandbox, as text.").plainOnly();
  public static final Endpoint FILES_DOWNLOAD =
      Endpoint.read("/files/download", "A whole file of a sandbox.").plainOnly().answering(FILE);

  private static final List<Endpoint> ALL =
      List.of(OPERATOR, HEALTH, VERSION, STATE, FILES_BROWSE, FILES_READ, FILES_DOWNLOAD);

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
