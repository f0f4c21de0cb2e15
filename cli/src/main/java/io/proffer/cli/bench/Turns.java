package io.proffer.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.proffer.cli.bench.agent.Fleet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;

/** How long the turns of the master's core took, by command, from one moment to another. */
final class Turns {
  private static final String PREFIX = "master/turns/";
  private static final String COUNT = "/count";
  private static final String LONG = "/over_20_ms";

  private final Fleet.Place master;
  private final String title;
  private final Map<String, Double> before;

  /**
   * @param title begins the name of each figure: a run may measure more than one time
   */
  private Turns(Fleet.Place master, String title, Map<String, Double> before) {
    this.master = master;
    this.title = title;
    this.before = before;
  }

  /** From now on. */
  static Turns fromNow(Fleet.Place master) throws BenchException {
    return new Turns(master, "turn ", read(master));
  }

  /** From the start of a master that was just started. */
  static Turns ofNewMaster(Fleet.Place master) {
    return new Turns(master, "new master turn ", Map.of());
  }

  /**
   * Stops: adds the figures of each command, and how many turns of all kinds were long. Counts are
   * of this time alone; percentiles and maxima of all that the process remembers, at most an hour.
   *
   * @param when what is measured
   */
  void read(String when, Figures figures) throws BenchException {
    var now = read(master);
    figures.add("turns " + when, since(now, COUNT), "");
    figures.add("turns over 20 ms " + when, since(now, LONG), "");
    now.forEach((name, value) -> add(name, value - ofBefore(name), figures));
  }

  private double ofBefore(String name) {
    return name.endsWith(COUNT) || name.endsWith(LONG) ? before.getOrDefault(name, 0.0) : 0;
  }

  private double since(Map<String, Double> now, String suffix) {
    return sum(now, suffix) - sum(before, suffix);
  }

  private static double sum(Map<String, Double> metrics, String suffix) {
    return metrics.entrySet().stream()
        .filter(metric -> metric.getKey().endsWith(suffix))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private static Map<String, Double> read(Fleet.Place master) throws BenchException {
    var uri = URI.create("http://%s:%d/metrics/snapshot".formatted(master.host(), master.port()));
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      var metrics = new TreeMap<String, Double>();
      for (var metric : new ObjectMapper().readTree(answer.body()).properties()) {
        if (metric.getKey().startsWith(PREFIX)) {
          metrics.put(metric.getKey().substring(PREFIX.length()), metric.getValue().asDouble());
        }
      }
      return metrics;
    } catch (IOException unreadable) {
      throw new BenchException("Cannot read " + uri + ": " + unreadable.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted.");
    }
  }

  private void add(String name, double value, Figures figures) {
    boolean isTime = name.endsWith("_ms") && !name.endsWith(LONG);
    var words = name.substring(0, name.length() - (isTime ? 3 : 0)).replace('/', ' ');
    figures.add(title + words.replace('_', ' '), value, isTime ? "ms" : "");
  }
}
