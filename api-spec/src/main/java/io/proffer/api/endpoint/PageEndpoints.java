package io.proffer.api.endpoint;

/** What master and agent both show of themselves: the description of their API, and the process. */
public final class PageEndpoints {
  /** Of the figures that both show. */
  static final Parameter METRICS_TIMEOUT =
      Parameter.query(
          "timeout",
          "How long to wait for the core, as `5secs`; what it has not told by then is missing.");

  public static final Endpoint OPENAPI =
      Endpoint.page(
          "/openapi.yaml",
          "This description, in OpenAPI 3.1.",
          Contract.file("application/yaml").with(ReadParameters.IF_NONE_MATCH));
  public static final Endpoint DOCS =
      Endpoint.page(
          "/docs",
          "This description, to be read in a browser.",
          Contract.file("text/html").with(ReadParameters.IF_NONE_MATCH));

  public static final Endpoint LOGGING =
      Endpoint.read(
              "/logging/toggle",
              Access.READ_WRITE,
              "How much is logged, as a number and a line end; with both parameters that is changed"
                  + " for a time, and the answer is empty.",
              Contract.file("text/plain")
                  .with(
                      Parameter.number("level", "0: as configured; 1: more; 2: all there is."),
                      Parameter.query("duration", "For how long, like `10mins`.")))
          .plainOnly()
          .answering(Endpoint.AnswerKind.FILE)
          .answeredLocally();
  public static final Endpoint SYSTEM =
      Endpoint.read(
              "/system/stats.json",
              Access.READ_ONLY,
              "Load and memory of the host.",
              Contract.document("System"))
          .plainOnly()
          .answeredLocally();

  private PageEndpoints() {}
}
