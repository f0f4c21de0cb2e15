package io.proffer.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.proffer.cli.bench.agent.Fleet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.TreeMap;

/** How long the turns of the master's core took, by command. */
final class Turns {
  private static final String PREFIX = "master/turns/";

  private Turns() {}

  static void read(Fleet.Place master, Figures figures) throws BenchException {
    var uri = URI.create("http://%s:%d/metrics/snapshot".formatted(master.host(), master.port()));
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      var metrics = new TreeMap<String, Double>();
      for (var metric : new ObjectMapper().readTree(answer.body()).properties()) {
        if (metric.getKey().startsWith(PREFIX)) {
          metrics.put(metric.getKey().substring(PREFIX.length()), metric.getValue().asDouble());
        }
      }
      metrics.forEach((name, value) -> add(name, value, figures));
    } catch (IOException unreadable) {
      throw new BenchException("Cannot read " + uri + ": " + unreadable.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted.");
    }
  }

  private static void add(String name, double value, Figures figures) {
    boolean isTime = name.endsWith("_ms");
    var words = name.substring(0, name.length() - (isTime ? 3 : 0)).replace('/', ' ');
    figures.add("turn " + words, value, isTime ? "ms" : "");
  }
}
