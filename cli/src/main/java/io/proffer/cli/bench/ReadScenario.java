package io.proffer.cli.bench;

import io.proffer.cli.bench.framework.Crowd;
import io.proffer.cli.bench.framework.Progress;
import io.proffer.cli.bench.read.Pollers;
import io.proffer.cli.bench.read.Waits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What reads take, and what they take from others: a few tasks in flight are launched without
 * readers, and then with them.
 */
final class ReadScenario {
  private static final Duration READ_LIMIT = Duration.ofSeconds(60);
  private static final double MB = 1024 * 1024;

  private final BenchOptions options;
  private final Target master;
  private final Drivers drivers;
  private final Patience patience;
  private final Figures figures;
  private final Consumer<String> say;

  /** Those that launched; their tasks stay to the end, so that no window has fewer to read. */
  private final List<Crowd> crowds = new ArrayList<>();

  ReadScenario(
      BenchOptions options,
      Target master,
      Drivers drivers,
      Patience patience,
      Figures figures,
      Consumer<String> say) {
    this.options = options;
    this.master = master;
    this.drivers = drivers;
    this.patience = patience;
    this.figures = figures;
    this.say = say;
  }

  /**
   * Plays it.
   *
   * @param plan of a scheduler that launches while others read
   */
  void play(Crowd.Plan plan) throws BenchException {
    say.accept("reading /state");
    var turns = Turns.fromNow(master.place());
    new StateReads(address(), READ_LIMIT, figures).measure();
    turns.read("while read", figures);
    window("without pollers", plan, Optional.empty());
    window("with pollers", plan, Optional.of(false));
    window("with pollers that take gzip", plan, Optional.of(true));
    for (var crowd : crowds) {
      patience.await("the framework is torn down", crowd.teardown(), () -> "");
    }
  }

  private void window(String when, Crowd.Plan plan, Optional<Boolean> packed)
      throws BenchException {
    say.accept("launching " + when);
    var progress = new Progress(Integer.MAX_VALUE);
    var crowd = new Crowd(drivers.loops(), 1, plan, progress);
    crowds.add(crowd);
    var read = options.reads();
    try (var pollers =
        Pollers.start(
            address(),
            packed.isPresent() ? read.pollers() : 0,
            read.pollInterval(),
            packed.orElse(false),
            READ_LIMIT)) {
      // All of them have read once before it counts.
      patience.rest(read.pollInterval());
      var before = Waits.of("Accept", page());
      patience.await("the framework is subscribed", crowd.start(), progress::trouble);
      pollers.countAnew();
      var meter = new Meter(master.pid(), 0);
      drivers.after(read.pollWindow(), progress::stop);
      patience.await("the window is over", progress::isOver, progress::state);
      var reads = pollers.reads();
      figures.add("processors used by the master " + when, meter.masterShare(), "%");
      var waits = Waits.of("Accept", page()).since(before);
      figures.add("ACCEPTs " + when, waits.count(), "");
      figures.add("ACCEPT decoded to frame p50 " + when, waits.percentileMs(0.5), "ms");
      figures.add("ACCEPT decoded to frame p99 " + when, waits.percentileMs(0.99), "ms");
      var running = crowd.untilRunning();
      figures.add("ACCEPT to RUNNING p50 " + when, running.percentileMs(0.5), "ms");
      figures.add("ACCEPT to RUNNING p99 " + when, running.percentileMs(0.99), "ms");
      if (packed.isPresent()) {
        add(reads, when);
      }
      patience.await("the offers are given back", crowd.retire(), progress::state);
      if (!pollers.trouble().isEmpty()) {
        throw new BenchException(pollers.trouble());
      }
    }
    if (progress.failedCount() > 0) {
      throw new BenchException(progress.state());
    }
  }

  private void add(Pollers.Reads reads, String when) {
    var waits = reads.waits();
    figures.add("reads of /state " + when, waits.count(), "");
    figures.add("late reads of /state " + when, reads.late(), "");
    figures.add("read of /state p50 " + when, waits.percentileMs(0.5), "ms");
    figures.add("read of /state max " + when, waits.percentileMs(1), "ms");
    figures.add("mean size " + when, reads.bytes() / MB / Math.max(1, waits.count()), "MB");
  }

  private InetSocketAddress address() {
    return new InetSocketAddress(master.place().host(), master.place().port());
  }

  private String page() throws BenchException {
    var place = master.place();
    var uri = URI.create("http://%s:%d/metrics/prometheus".formatted(place.host(), place.port()));
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    } catch (IOException unreadable) {
      throw new BenchException("Cannot read " + uri + ": " + unreadable.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted.");
    }
  }
}
