package io.proffer.api.metrics;

import java.util.List;

/**
 * What a figure means to Prometheus.
 *
 * @param help one sentence, with the unit where the name has none
 * @param labels the names of its labels, in the order their values are given
 */
public record Metric(String name, Kind kind, String help, List<String> labels) {
  /** How a figure moves. */
  public enum Kind {
    /** Up and down. */
    GAUGE,
    /** Only up. */
    COUNTER,
    /** Many spans, by how long they were. */
    HISTOGRAM
  }

  private static final String COUNTED = "_total";

  public Metric {
    labels = List.copyOf(labels);
    if (name.endsWith(COUNTED) != (kind == Kind.COUNTER)) {
      throw new IllegalArgumentException("counters, and only they, end with _total: " + name);
    }
  }

  /** What is now. */
  public static Metric gauge(String name, String help, String... labels) {
    return new Metric(name, Kind.GAUGE, help, List.of(labels));
  }

  /** What has happened; its name ends with {@code _total}. */
  public static Metric counter(String name, String help, String... labels) {
    return new Metric(name, Kind.COUNTER, help, List.of(labels));
  }

  /** How long things take; its name ends with {@code _seconds}. */
  public static Metric histogram(String name, String help, String... labels) {
    return new Metric(name, Kind.HISTOGRAM, help, List.of(labels));
  }

  /** The name without what its kind adds. */
  String stem() {
    return kind == Kind.COUNTER ? name.substring(0, name.length() - COUNTED.length()) : name;
  }
}
