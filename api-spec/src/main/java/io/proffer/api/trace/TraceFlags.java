package io.proffer.api.trace;

import io.proffer.api.flags.Expecting;
import io.proffer.api.flags.WrongFlagException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Whether and how tasks are followed. */
public final class TraceFlags {
  private static final String ENDPOINT = "--otlp_endpoint";
  private static final String TRACES = "/v1/traces";
  private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
  private static final Pattern HEADER = Pattern.compile("[-!#$%&'*+.^_`|~0-9A-Za-z]+");

  @Option(
      names = "--trace_tasks",
      defaultValue = "false",
      description =
          "Log each hop of a task from ACCEPT to TASK_RUNNING with its time (${DEFAULT-VALUE}).")
  private boolean traceTasks;

  @Option(
      names = "--max_traced_tasks",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "10000",
      description = "How many tasks are followed at a time (${DEFAULT-VALUE}).")
  private int maxTracedTasks;

  @Option(
      names = ENDPOINT,
      paramLabel = "URL",
      description =
          "Send the hops of each task as spans to the collector of OpenTelemetry at this URL,"
              + " http://127.0.0.1:4318 for example: OTLP over HTTP, in JSON, with the headers of"
              + " the variable OTEL_EXPORTER_OTLP_HEADERS. Default: the variable"
              + " OTEL_EXPORTER_OTLP_ENDPOINT, or nowhere.")
  private Optional<String> endpoint = Optional.empty();

  @Option(
      names = "--otlp_queue",
      converter = Expecting.AtLeastOne.class,
      defaultValue = "2048",
      paramLabel = "COUNT",
      description =
          "How many tasks may wait to be sent to it; more are dropped and counted"
              + " (${DEFAULT-VALUE}).")
  private int queue;

  @Option(
      names = "--otlp_patience",
      defaultValue = "30secs",
      description =
          "How long spans are sent again that the collector does not take now; after that they are"
              + " dropped and counted (${DEFAULT-VALUE}).")
  private Duration patience;

  /**
   * Who follows them.
   *
   * @param service {@code master} or {@code agent}
   * @param nanos monotonic nanoseconds now
   * @throws WrongFlagException when the URL is none
   */
  public Tracing open(String service, LongSupplier nanos) {
    var exporter =
        collector()
            .map(url -> new OtlpExporter.Collector(url, headers(), patience))
            .map(collector -> new OtlpExporter(collector, service, queue, nanos));
    if (!traceTasks && exporter.isEmpty()) {
      return new Tracing(Optional.empty(), exporter);
    }
    Consumer<String> lines =
        traceTasks ? LoggerFactory.getLogger("io.proffer.trace")::info : line -> {};
    Consumer<Trip> trips =
        exporter.<Consumer<Trip>>map(collector -> collector::add).orElse(trip -> {});
    return new Tracing(Optional.of(new TaskHops(maxTracedTasks, nanos, lines, trips)), exporter);
  }

  /** The variable is the standard's, and so is that the path of traces is added to either. */
  private Optional<URI> collector() {
    return endpoint
        .or(() -> Optional.ofNullable(System.getenv("OTEL_EXPORTER_OTLP_ENDPOINT")))
        .filter(url -> !url.isBlank())
        .map(TraceFlags::collector);
  }

  /** No flag: they hold keys, and flags are shown. */
  private static Map<String, String> headers() {
    return headers(Optional.ofNullable(System.getenv(HEADERS)).orElse(""));
  }

  /** Names and values as the standard has them in that variable: of W3C Baggage. */
  static Map<String, String> headers(String text) {
    var headers = new TreeMap<String, String>();
    for (var pair : text.split(",", -1)) {
      if (pair.isBlank()) {
        continue;
      }
      var parts = pair.split("=", 2);
      if (parts.length < 2 || !HEADER.matcher(parts[0].strip()).matches()) {
        throw wrongHeaders();
      }
      try {
        var name = parts[0].strip();
        // A plus sign is itself, unlike in forms.
        var value = URLDecoder.decode(parts[1].strip().replace("+", "%2B"), StandardCharsets.UTF_8);
        // Where the sender would find that it is none, nobody would read the sentence.
        HttpRequest.newBuilder().header(name, value);
        headers.put(name, value);
      } catch (IllegalArgumentException e) {
        throw wrongHeaders();
      }
    }
    return headers;
  }

  /** Without what it got: that holds keys. */
  private static WrongFlagException wrongHeaders() {
    return new WrongFlagException(
        ENDPOINT,
        "Expected NAME=VALUE,... in "
            + HEADERS
            + ", with %XX for what is special, and no header that is HTTP's own, such as Host");
  }

  private static URI collector(String url) {
    if (url.contains("@")) {
      // It is not repeated: before that sign stands a password, or what was meant for one.
      throw new WrongFlagException(
          ENDPOINT,
          "Expected a URL without a user and a password (also in OTEL_EXPORTER_OTLP_ENDPOINT): logs"
              + " show it. Give them in the variable "
              + HEADERS
              + ", Authorization=Basic%20..., with the Base64 of USER:PASSWORD");
    }
    try {
      var base = URI.create(url.strip().replaceFirst("/+$", ""));
      var scheme = String.valueOf(base.getScheme());
      if (base.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
        return url.contains(TRACES) ? base : URI.create(base + TRACES);
      }
    } catch (IllegalArgumentException none) {
      // Said below, like a URL of something else.
    }
    throw new WrongFlagException(
        ENDPOINT,
        "Expected a URL like http://127.0.0.1:4318 (or in OTEL_EXPORTER_OTLP_ENDPOINT), but got '"
            + url
            + "'");
  }
}
