package io.proffer.e2e.metrics;

import io.proffer.e2e.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What services tell Prometheus, read as it would. */
public final class Scrape {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{.*})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** The sentence each metric is explained with. */
  final Map<String, String> help = new TreeMap<>();

  /** The kind of each metric. */
  final Map<String, String> type = new TreeMap<>();

  /** The labels of each sample, by its full name. */
  final Map<String, Set<String>> labels = new TreeMap<>();

  /** The value of each sample, by its line less the value. */
  final Map<String, Double> values = new HashMap<>();

  /** Adds what a service tells. */
  public void add(String url) {
    var answer = Json.send(HttpRequest.newBuilder(URI.create(url + "/metrics/prometheus")));
    if (answer.statusCode() != 200) {
      throw new AssertionError(url + " answered " + answer.statusCode() + " " + answer.body());
    }
    answer.body().lines().forEach(this::take);
  }

  private void take(String line) {
    if (line.startsWith("# ")) {
      var words = line.split(" ", 4);
      var what = words[1].equals("HELP") ? help : type;
      what.put(words[2], words[3]);
      return;
    }
    var sample = SAMPLE.matcher(line);
    if (!sample.matches()) {
      throw new AssertionError("no sample: " + line);
    }
    var of = labels.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
    if (sample.group(2) != null) {
      LABEL.matcher(sample.group(2)).results().forEach(label -> of.add(label.group(1)));
    }
    values.put(line.substring(0, line.lastIndexOf(' ')), Double.valueOf(sample.group(3)));
  }

  /** The value of one sample. */
  public double value(String sample) {
    var value = values.get(sample);
    if (value == null) {
      throw new AssertionError("no sample " + sample + " among " + new TreeSet<>(values.keySet()));
    }
    return value;
  }

  /** The labels of a metric of ours, but the one that histograms add. */
  Set<String> labelsOf(String metric) {
    var all = new TreeSet<>(labels.getOrDefault(metric, Set.of()));
    all.addAll(labels.getOrDefault(metric + "_bucket", Set.of()));
    all.remove("le");
    return all;
  }
}
