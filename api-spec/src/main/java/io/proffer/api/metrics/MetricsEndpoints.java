package io.proffer.api.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.proffer.api.http.Answer;
import io.proffer.api.http.Exchange;
import io.proffer.api.json.JsonNumbers;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * {@code /metrics/snapshot} and {@code /metrics/prometheus} of one service. What must be asked of
 * its core is waited for; when it does not come in time, or the core is too busy, the rest is told
 * without it: a service under too much load is just the one that must be looked into.
 *
 * @param <S> what the core answers: its tables at one turn
 */
public final class MetricsEndpoints<S> implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();
  private static final PrometheusTextFormatWriter TEXT = PrometheusTextFormatWriter.create();
  private static final Metric COMPLETE =
      Metric.gauge(
          "proffer_metrics_complete",
          "1 when the core told its tables in time; without them their figures are missing.");

  private final Supplier<? extends CompletionStage<S>> tables;
  private final BiConsumer<Optional<S>, Figures> words;
  private final BiConsumer<S, Figures> details;
  private final Duration timeout;

  /** Made when it is first asked for: most agents are never scraped. Guarded by this. */
  private Optional<ProcessMeters> process = Optional.empty();

  /**
   * @param tables asks the core; fails when it has no room
   * @param words tells figures, with or without the tables; called on a thread that may block
   * @param details tells what costs more, for Prometheus alone
   * @param timeout how long a reading waits for the tables when it does not say
   */
  public MetricsEndpoints(
      Supplier<? extends CompletionStage<S>> tables,
      BiConsumer<Optional<S>, Figures> words,
      BiConsumer<S, Figures> details,
      Duration timeout) {
    this.tables = tables;
    this.words = words;
    this.details = details;
    this.timeout = timeout;
  }

  /** Flat, by the reference's names. */
  public void snapshot(Exchange exchange) {
    Duration limit;
    try {
      limit = exchange.query("timeout").map(ReadTimeout::parse).orElse(timeout);
    } catch (IllegalArgumentException unreadable) {
      exchange.answer(Answer.text(400, unreadable.getMessage()));
      return;
    }
    gather(limit, read -> exchange.answerJson(out -> write(figures(read), out)));
  }

  /** With labels, in the text format of Prometheus. */
  public void prometheus(Exchange exchange) {
    gather(timeout, read -> exchange.onWorker(() -> exchange.answer(text(read))));
  }

  /**
   * The figures of now, for who words them otherwise.
   *
   * @param limit how long to wait for the tables, when it is not the usual
   * @param take called on any thread with who gathers them, which may block
   */
  public void gather(Optional<Duration> limit, Consumer<Supplier<Figures>> take) {
    gather(limit.orElse(timeout), read -> take.accept(() -> figures(read)));
  }

  private void gather(Duration limit, Consumer<Optional<S>> take) {
    var _ =
        tables
            .get()
            .toCompletableFuture()
            .copy()
            .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS)
            .handle((read, missing) -> Optional.ofNullable(read))
            .thenAccept(take);
  }

  private Figures figures(Optional<S> read) {
    var figures = new Figures();
    figures.add(COMPLETE, read.isPresent() ? 1 : 0);
    words.accept(read, figures);
    HostFigures.addTo(figures);
    return figures;
  }

  private static void write(Figures figures, OutputStream out) throws IOException {
    try (var json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      for (var figure : figures.named().entrySet()) {
        JsonNumbers.writeField(figure.getKey(), figure.getValue(), json);
      }
      json.writeEndObject();
    }
  }

  private Answer text(Optional<S> read) {
    var all = MetricSnapshots.builder();
    var figures = figures(read);
    read.ifPresent(tables -> details.accept(tables, figures));
    figures.snapshots().forEach(all::metricSnapshot);
    process().read().forEach(all::metricSnapshot);
    var out = new ByteArrayOutputStream();
    try {
      TEXT.write(out, all.build());
    } catch (IOException impossible) {
      throw new IllegalStateException("writing to memory failed", impossible);
    }
    return Answer.of(200, PrometheusTextFormatWriter.CONTENT_TYPE, out.toByteArray());
  }

  private synchronized ProcessMeters process() {
    if (process.isEmpty()) {
      process = Optional.of(new ProcessMeters());
    }
    return process.get();
  }

  @Override
  public synchronized void close() {
    process.ifPresent(ProcessMeters::close);
  }
}
