package io.proffer.api.metrics;

import io.proffer.api.trace.OtlpExporter;
import io.proffer.api.trace.Tracing;

/** What became of the spans of tasks. */
public final class TraceFigures {
  private static final Metric SPANS =
      Metric.counter(
          "proffer_trace_spans_total",
          "Spans of tasks: exported to the collector and dropped, when it took none or the queue had"
              + " no room.",
          "outcome");

  private TraceFigures() {}

  /** Tells it. */
  public static void addTo(Tracing tracing, Figures figures) {
    var exporter = tracing.exporter();
    figures.add(SPANS, exporter.map(OtlpExporter::exported).orElse(0L), "exported");
    figures.add(SPANS, exporter.map(OtlpExporter::dropped).orElse(0L), "dropped");
  }
}
