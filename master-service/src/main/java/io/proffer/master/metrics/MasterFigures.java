package io.proffer.master.metrics;

import io.proffer.api.http.Connections;
import io.proffer.api.metrics.EventLoopDelay;
import io.proffer.api.metrics.Figures;
import io.proffer.api.metrics.Metric;
import io.proffer.api.metrics.Spans;
import io.proffer.api.metrics.TurnTimes;
import io.proffer.master.core.fact.Snapshot;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** All figures of a master, from the cells they are counted in. */
public final class MasterFigures {
  private static final Metric ELECTED =
      Metric.gauge("proffer_master_elected", "1 while this master leads.");
  private static final Metric UPTIME =
      Metric.gauge("proffer_master_uptime_seconds", "Time since the start.");
  private static final Metric QUEUE =
      Metric.gauge(
          "proffer_master_queue",
          "What waits: commands for their turn, frames for the registry, calls for their answer.",
          "queue");
  private static final Metric STREAMS =
      Metric.gauge(
          "proffer_master_streams", "Open streams of frameworks, agents and operators.", "kind");
  private static final Metric WAITING =
      Metric.gauge(
          "proffer_master_stream_buffer_bytes",
          "Bytes that wait for the readers of all streams.",
          "kind");
  private static final Metric FULLEST =
      Metric.gauge(
          "proffer_master_stream_buffer_max_bytes",
          "Bytes that wait for the reader of the fullest stream.",
          "kind");
  private static final Metric REFUSED =
      Metric.counter(
          "proffer_master_not_ready_total",
          "Requests refused since this master does not lead, or has not recovered.");
  private static final Metric SHARED =
      Metric.counter(
          "proffer_master_shared_reads_total", "Reads that were answered from another's snapshot.");
  private static final Metric READ_CACHE =
      Metric.gauge("proffer_master_read_cache_bytes", "What is kept encoded for those who read.");
  private static final Metric FETCH =
      Metric.gauge(
          "proffer_master_registry_fetch_seconds", "Time the registry took to be read at start.");
  private static final Metric STORE =
      Metric.histogram(
          "proffer_master_registry_store_seconds", "Time of the registry's writes, in batches.");
  private static final Metric SIZE =
      Metric.gauge("proffer_master_registry_bytes", "Size of the registry's file.");

  /** What counts. */
  public record Counted(
      TurnTimes turns,
      FrameCounts frames,
      AllocationTimes allocation,
      Spans store,
      RoleFigures roles,
      EventLoopDelay eventLoops) {}

  /**
   * What waits, asked when it is told.
   *
   * @param commands for their turn
   * @param frames for the registry
   * @param calls for their answer
   */
  public record Queues(IntSupplier commands, IntSupplier frames, IntSupplier calls) {}

  /** Open streams. */
  public record Streams(
      Connections frameworks,
      Supplier<Connections.Load> agents,
      Supplier<Connections.Load> operators) {}

  /**
   * What else is known of this master.
   *
   * @param refused requests refused before it could serve
   * @param shared reads answered from another's snapshot
   * @param readCacheBytes what is kept encoded for readers
   * @param registryBytes empty where there is no file
   */
  public record About(
      BooleanSupplier elected,
      DoubleSupplier uptimeSeconds,
      LongSupplier refused,
      LongSupplier shared,
      LongSupplier readCacheBytes,
      long fetchNanos,
      Supplier<OptionalLong> registryBytes) {}

  private static final double NANOS = 1e9;
  private static final double NANOS_OF_MS = 1e6;

  private final Counted counted;
  private final Queues queues;
  private final Streams streams;
  private final About about;

  public MasterFigures(Counted counted, Queues queues, Streams streams, About about) {
    this.counted = counted;
    this.queues = queues;
    this.streams = streams;
    this.about = about;
  }

  /** Tells all that is known; without tables what can be known without them. */
  public void tell(Optional<Snapshot> tables, Figures figures) {
    about(figures);
    queues(figures);
    streams("framework", streams.frameworks().load(), figures);
    streams("agent", streams.agents().get(), figures);
    var watched = streams.operators().get();
    figures.add("master/operator_event_stream_subscribers", STREAMS, watched.streams(), "operator");
    buffers("operator", watched, figures);
    counted.turns().addTo(figures);
    CommandFigures.add(counted.turns(), counted.frames(), figures);
    counted.frames().ends().addTo(figures);
    counted.frames().agents().addTo(figures);
    FrameworkFigures.add(counted.frames().frameworks(), figures);
    counted.allocation().addTo(figures);
    figures.add("registrar/state_store_ms", STORE, counted.store().read());
    counted.eventLoops().addTo(figures);
    tables.ifPresent(
        snapshot -> {
          TableFigures.add(snapshot, figures);
          counted.roles().addQuotasTo(snapshot, figures);
          FrameworkFigures.add(snapshot, counted.frames().frameworks(), figures);
          counted.roles().addTo(figures);
        });
  }

  private void about(Figures figures) {
    figures.add("master/elected", ELECTED, about.elected().getAsBoolean() ? 1 : 0);
    figures.add("master/uptime_secs", UPTIME, about.uptimeSeconds().getAsDouble());
    figures.add("master/dropped_messages", REFUSED, about.refused().getAsLong());
    figures.add("master/http_cache_hits", SHARED, about.shared().getAsLong());
    figures.add(READ_CACHE, about.readCacheBytes().getAsLong());
    figures.add(FETCH, about.fetchNanos() / NANOS);
    figures.name("registrar/state_fetch_ms", about.fetchNanos() / NANOS_OF_MS);
    about
        .registryBytes()
        .get()
        .ifPresent(bytes -> figures.add("registrar/registry_size_bytes", SIZE, bytes));
  }

  private void queues(Figures figures) {
    int commands = queues.commands().getAsInt();
    int frames = queues.frames().getAsInt();
    int calls = queues.calls().getAsInt();
    figures.add("master/event_queue_messages", QUEUE, commands, "commands");
    figures.add("registrar/queued_operations", QUEUE, frames, "frames");
    figures.add("master/event_queue_http_requests", QUEUE, calls, "calls");
    figures.name("master/event_queue_dispatches", frames);
  }

  private static void streams(String kind, Connections.Load load, Figures figures) {
    figures.add(STREAMS, load.streams(), kind);
    buffers(kind, load, figures);
  }

  private static void buffers(String kind, Connections.Load load, Figures figures) {
    figures.add(WAITING, load.waitingBytes(), kind);
    figures.add(FULLEST, load.fullestBytes(), kind);
  }
}
