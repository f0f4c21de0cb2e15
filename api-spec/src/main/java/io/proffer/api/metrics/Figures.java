package io.proffer.api.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The figures of one moment, gathered by one thread and then shown in one of their two forms. */
public final class Figures {
  private static final double NANOS = 1e9;
  private static final double NANOS_OF_MS = 1e6;

  private sealed interface Value {
    record Amount(double value) implements Value {}

    record Times(Reading reading) implements Value {}
  }

  private record Row(List<String> labels, Value value) {}

  private final SortedMap<String, Double> named = new TreeMap<>();
  private final Map<Metric, List<Row>> rows = new LinkedHashMap<>();

  /** A figure that the reference has no name for. */
  public void add(Metric metric, double value, String... labels) {
    row(metric, new Value.Amount(value), labels);
  }

  /** A figure under the reference's name, too. */
  public void add(String name, Metric metric, double value, String... labels) {
    name(name, value);
    add(metric, value, labels);
  }

  /** A count, or another whole number. */
  public void add(Metric metric, long value, String... labels) {
    add(metric, (double) value, labels);
  }

  /** A whole number under the reference's name, too. */
  public void add(String name, Metric metric, long value, String... labels) {
    add(name, metric, (double) value, labels);
  }

  /** How long something takes. */
  public void add(Metric metric, Reading reading, String... labels) {
    row(metric, new Value.Times(reading), labels);
  }

  /** The same under the reference's name: the newest, and the window by percentiles. */
  public void add(String name, Metric metric, Reading reading, String... labels) {
    add(metric, reading, labels);
    if (reading.count() == 0) {
      return; // nothing that could be told of none
    }
    name(name, reading.last() / NANOS_OF_MS);
    name(name + "/count", reading.recent());
    name(name + "/max", reading.max() / NANOS_OF_MS);
    name(name + "/min", reading.min() / NANOS_OF_MS);
    for (var share : List.of("50", "90", "95", "99", "999", "9999")) {
      var quantile = reading.quantile(Double.parseDouble("0." + share));
      name(name + "/p" + share, quantile / NANOS_OF_MS);
    }
  }

  /** A name of the reference for what labels tell, or what is told elsewhere already. */
  public void name(String name, double value) {
    named.put(name, value);
  }

  /** A whole number under a name. */
  public void name(String name, long value) {
    name(name, (double) value);
  }

  /** By the reference's names. */
  public SortedMap<String, Double> named() {
    return Collections.unmodifiableSortedMap(named);
  }

  /** As Prometheus is told. */
  List<MetricSnapshot> snapshots() {
    var all = new ArrayList<MetricSnapshot>();
    rows.forEach((metric, of) -> all.add(snapshot(metric, of)));
    return all;
  }

  private void row(Metric metric, Value value, String... labels) {
    if (labels.length != metric.labels().size()) {
      throw new IllegalArgumentException(
          "expected values for %s of %s, but got %s"
              .formatted(metric.labels(), metric.name(), List.of(labels)));
    }
    rows.computeIfAbsent(metric, m -> new ArrayList<>()).add(new Row(List.of(labels), value));
  }

  private static MetricSnapshot snapshot(Metric metric, List<Row> rows) {
    return switch (metric.kind()) {
      case GAUGE -> {
        var all = GaugeSnapshot.builder().name(metric.stem()).help(metric.help());
        for (var row : rows) {
          all.dataPoint(
              GaugeDataPointSnapshot.builder()
                  .labels(labels(metric, row))
                  .value(number(row))
                  .build());
        }
        yield all.build();
      }
      case COUNTER -> {
        var all = CounterSnapshot.builder().name(metric.stem()).help(metric.help());
        for (var row : rows) {
          all.dataPoint(
              CounterDataPointSnapshot.builder()
                  .labels(labels(metric, row))
                  .value(number(row))
                  .build());
        }
        yield all.build();
      }
      case HISTOGRAM -> {
        var all = HistogramSnapshot.builder().name(metric.stem()).help(metric.help());
        for (var row : rows) {
          var reading = times(row);
          all.dataPoint(
              HistogramDataPointSnapshot.builder()
                  .labels(labels(metric, row))
                  .classicHistogramBuckets(
                      ClassicHistogramBuckets.of(Reading.bounds(), reading.classes()))
                  .sum(reading.sum() / NANOS)
                  .build());
        }
        yield all.build();
      }
    };
  }

  private static double number(Row row) {
    return switch (row.value()) {
      case Value.Amount(var value) -> value;
      case Value.Times times -> throw new IllegalStateException("times where a number belongs");
    };
  }

  private static Reading times(Row row) {
    return switch (row.value()) {
      case Value.Times(var reading) -> reading;
      case Value.Amount number -> throw new IllegalStateException("a number where times belong");
    };
  }

  private static Labels labels(Metric metric, Row row) {
    return Labels.of(metric.labels(), row.labels());
  }
}
