package io.proffer.master.shell;

import io.proffer.api.auth.Credential;
import io.proffer.api.flags.Flags;
import io.proffer.master.MasterAssembly;
import io.proffer.master.MasterConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A master of this process, on a free port, and a client of it. */
final class RunningMaster implements AutoCloseable {
  static final String JSON = "application/json";
  static final String PROTOBUF = "application/x-protobuf";

  private final MasterAssembly assembly;
  private final HttpClient client = HttpClient.newHttpClient();

  /** What its clients show; empty where nobody asks. */
  private Optional<String> authorization = Optional.empty();

  private RunningMaster(MasterAssembly assembly) {
    this.assembly = assembly;
  }

  /** One without a work directory. */
  static RunningMaster start() {
    return start(Map.of("registry", "in_memory"));
  }

  static RunningMaster start(Map<String, String> flags) {
    return new RunningMaster(MasterAssembly.start(config(flags)));
  }

  static MasterConfig config(Map<String, String> flags) {
    var all = new LinkedHashMap<String, String>();
    all.put("port", "0");
    all.put("event_loops", "1");
    all.putAll(flags);
    return Flags.fill(new MasterConfig(), all);
  }

  /** All its clients show this from now on. */
  RunningMaster showing(Credential credential) {
    authorization = Optional.of(credential.basic());
    return this;
  }

  /** The header line with what is shown, for those who write their own. */
  String shown() {
    return authorization.map(basic -> "Authorization: " + basic + "\r\n").orElse("");
  }

  int port() {
    return assembly.port();
  }

  MasterAssembly assembly() {
    return assembly;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  /**
   * What /metrics/prometheus tells.
   *
   * @param row name and labels, as they stand there
   */
  double figure(String row) throws IOException, InterruptedException {
    var before = row + " ";
    return get("/metrics/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith(before))
        .mapToDouble(line -> Double.parseDouble(line.substring(before.length())))
        .findFirst()
        .orElseThrow();
  }

  /** The body of a call to POST /api/v1. */
  String operator(String call) throws IOException, InterruptedException {
    return send(request("/api/v1")
            .header("Content-Type", JSON)
            .POST(HttpRequest.BodyPublishers.ofString(call)))
        .body();
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<byte[]> sendForBytes(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpRequest.Builder request(String path) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .timeout(Duration.ofSeconds(20));
    authorization.ifPresent(basic -> request.header("Authorization", basic));
    return request;
  }

  @Override
  public void close() {
    client.shutdownNow();
    assembly.close();
  }
}
