package io.proffer.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.proffer.cli.bench.agent.Fleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** How many agents and tasks a master counts itself. */
final class Tally {
  private final URI uri;
  private String text = "";

  Tally(Fleet.Place master) {
    this.uri = URI.create("http://%s:%d/metrics/snapshot".formatted(master.host(), master.port()));
  }

  /** Asks whether it has so many active agents, and so many tasks that run. */
  boolean is(int agents, int tasks) {
    var metrics = read();
    int active = metrics.path("master/slaves_active").asInt();
    int running = metrics.path("master/tasks_running").asInt();
    text = "It counts %d agents and %d tasks".formatted(active, running);
    return active == agents && running == tasks;
  }

  /** What it said last, as a sentence. */
  String text() {
    return text;
  }

  private JsonNode read() {
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      return new ObjectMapper().readTree(answer.body());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("Cannot read " + uri, unreadable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + uri + " was read", interrupted);
    }
  }
}
