package io.proffer.master.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.proffer.api.http.Exchange;
import io.proffer.api.json.JsonNumbers;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * GET /metrics/snapshot: one flat object of names and numbers, as the reference has it. So far only
 * what Proffer measures of itself: the turns of its core.
 */
public final class MetricsSnapshot {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int DECIMALS = 6;

  private final MeterRegistry registry;

  public MetricsSnapshot(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Answers any method. */
  public void answer(Exchange exchange) {
    exchange.answerJson(this::write);
  }

  private void write(OutputStream out) throws IOException {
    var metrics = new TreeMap<String, Double>();
    for (var timer : registry.find(FrameMetrics.TURNS).timers()) {
      add(timer, metrics);
    }
    try (var json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      for (var metric : metrics.entrySet()) {
        JsonNumbers.writeField(metric.getKey(), metric.getValue(), json);
      }
      json.writeEndObject();
    }
  }

  private void add(Timer timer, Map<String, Double> metrics) {
    var name = "master/turns/" + timer.getId().getTag(FrameMetrics.COMMAND) + "/";
    var snapshot = timer.takeSnapshot();
    metrics.put(name + "count", (double) snapshot.count());
    metrics.put(name + "max_ms", rounded(snapshot.max(TimeUnit.MILLISECONDS)));
    var longTurns =
        registry
            .find(FrameMetrics.LONG_TURNS)
            .tag(FrameMetrics.COMMAND, timer.getId().getTag(FrameMetrics.COMMAND))
            .counter();
    metrics.put(
        name + "over_%d_ms".formatted(FrameMetrics.LONG_TURN.toMillis()),
        longTurns == null ? 0 : longTurns.count());
    for (var value : snapshot.percentileValues()) {
      metrics.put(
          name + "p" + percent(value.percentile()) + "_ms",
          rounded(value.value(TimeUnit.MILLISECONDS)));
    }
  }

  /** 0.5 is 50, and 0.999 is 999. */
  private static String percent(double share) {
    var digits = BigDecimal.valueOf(share).toPlainString().substring("0.".length());
    return digits.length() == 1 ? digits + "0" : digits;
  }

  private static double rounded(double value) {
    return BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP).doubleValue();
  }
}
