package io.proffer.api.endpoint;

/** What master and agent both show of themselves to people: the description of their API. */
public final class PageEndpoints {
  private static final Parameter IF_NONE_MATCH =
      Parameter.header("If-None-Match", "The `ETag` one has: 304 while it is the present one.");

  /** Of the figures that both show. */
  static final Parameter METRICS_TIMEOUT =
      Parameter.query(
          "timeout",
          "How long to wait for the core, as `5secs`; what it has not told by then is missing.");

  public static final Endpoint OPENAPI =
      Endpoint.page(
          "/openapi.yaml",
          "This description, in OpenAPI 3.1.",
          Contract.file("application/yaml").with(IF_NONE_MATCH));
  public static final Endpoint DOCS =
      Endpoint.page(
          "/docs",
          "This description, to be read in a browser.",
          Contract.file("text/html").with(IF_NONE_MATCH));

  private PageEndpoints() {}
}
