package io.proffer.api.trace;

import io.proffer.api.tls.Managers;
import io.proffer.api.tls.TlsMaterial;
import io.proffer.api.tls.TlsStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the ways of tasks to a collector of OpenTelemetry, in batches, from a thread of its own.
 * Who hands one over never waits. What the collector may take later is sent again for a while; what
 * does not fit into the queue meanwhile, and what the collector does not take, is dropped and
 * counted.
 */
public final class OtlpExporter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OtlpExporter.class);
  private static final int BATCH = 128;
  private static final Duration GATHER = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration LAST_SPANS = Duration.ofSeconds(2);

  /** After the first failure; the next wait is twice as long each time. */
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);

  /** With these a collector says that it may take the same later (OTLP, "Retryable responses"). */
  private static final Set<Integer> LATER = Set.of(429, 502, 503, 504);

  private final Collector collector;
  private final OtlpSpans spans;
  private final BlockingQueue<Trip> waiting;
  private volatile HttpClient client = client(HttpClient.newBuilder());
  private final Thread sender;
  private final LongAdder exported = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Of the sender alone. */
  private boolean isFailing;

  /**
   * Whom to send to.
   *
   * @param url where traces are taken, with its path
   * @param headers of each request; their values may be secrets
   * @param patience how long what it does not take is sent again
   */
  record Collector(URI url, Map<String, String> headers, Duration patience) {
    @Override
    public String toString() {
      return url.toString();
    }
  }

  /**
   * Begins to send.
   *
   * @param collector that takes them
   * @param service {@code master} or {@code agent}
   * @param capacity how many ways may wait
   * @param nanos the clock of the hops
   */
  OtlpExporter(Collector collector, String service, int capacity, LongSupplier nanos) {
    this.collector = collector;
    this.waiting = new ArrayBlockingQueue<>(capacity);
    var now = Instant.now();
    this.spans =
        new OtlpSpans(
            service,
            TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - nanos.getAsLong());
    this.sender = Thread.ofPlatform().daemon().name("otlp").start(this::run);
  }

  private static HttpClient client(HttpClient.Builder builder) {
    return builder.version(HttpClient.Version.HTTP_1_1).connectTimeout(ANSWER).build();
  }

  /** From now on it believes a collector whom this service believes, and shows who it is itself. */
  void trust(TlsStore tls) {
    tls.onRenewal(
        material -> {
          encrypt(material);
          return CompletableFuture.completedFuture(material);
        });
    encrypt(tls.material());
  }

  /** What is under way ends as it began. */
  private void encrypt(TlsMaterial material) {
    var before = client;
    var parameters = new SSLParameters();
    parameters.setProtocols(material.settings().protocols().toArray(String[]::new));
    client =
        client(
            HttpClient.newBuilder()
                .sslContext(Managers.context(material))
                .sslParameters(parameters));
    before.shutdown();
  }

  /** Takes one; never waits. */
  void add(Trip trip) {
    if (isClosed() || !waiting.offer(trip)) {
      dropped.add(OtlpSpans.count(trip));
    }
  }

  /** How many spans the collector has taken. */
  public long exported() {
    return exported.sum();
  }

  /** How many spans were lost. */
  public long dropped() {
    return dropped.sum();
  }

  /** Sends what waits, unless that takes too long. */
  @Override
  public void close() {
    closed.countDown();
    try {
      if (!sender.join(LAST_SPANS)) {
        LOG.warn("The last spans were not taken by {}", collector);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.shutdownNow();
  }

  private void run() {
    try {
      while (!isClosed() || !waiting.isEmpty()) {
        var first = waiting.poll(GATHER.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
          var batch = new ArrayList<>(List.of(first));
          waiting.drainTo(batch, BATCH - 1);
          send(batch);
        }
      }
    } catch (InterruptedException e) {
      LOG.warn("Spans are not sent to {} any more", collector, e);
    }
  }

  private void send(List<Trip> batch) throws InterruptedException {
    var count = batch.stream().mapToLong(OtlpSpans::count).sum();
    var problem = attempt(batch);
    if (problem.isEmpty()) {
      exported.add(count);
    } else {
      dropped.add(count);
    }
    if (isFailing != !problem.isEmpty()) {
      isFailing = !isFailing;
      if (isFailing) {
        LOG.warn(
            "The collector at {} does not take spans: {}. They are dropped, and counted, until it does",
            collector,
            problem);
      } else {
        LOG.info("The collector at {} takes spans again", collector);
      }
    }
  }

  /** The same as of {@link #deliver}; whatever it was, the next batch may fare better. */
  private String attempt(List<Trip> batch) throws InterruptedException {
    try {
      return deliver(spans.encode(batch));
    } catch (RuntimeException e) {
      LOG.debug("Spans could not be sent to {}", collector, e);
      return e.toString();
    }
  }

  /** What went wrong, after all attempts; empty when nothing did. */
  private String deliver(byte[] body) throws InterruptedException {
    var began = System.nanoTime();
    var wait = FIRST_WAIT;
    while (true) {
      var result = post(body);
      var spent = System.nanoTime() - began;
      if (!result.mayBeTaken() || spent + wait.toNanos() > collector.patience().toNanos()) {
        return result.problem();
      }
      if (closed.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        return result.problem();
      }
      wait = wait.multipliedBy(2);
    }
  }

  /**
   * Of one attempt.
   *
   * @param problem what went wrong; empty when nothing did
   * @param mayBeTaken whether it makes sense to try again
   */
  private record Result(String problem, boolean mayBeTaken) {}

  private Result post(byte[] body) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(collector.url())
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    collector.headers().forEach(request::setHeader);
    try {
      var status =
          client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
      return status / 100 == 2
          ? new Result("", false)
          : new Result("it answered " + status, LATER.contains(status));
    } catch (IOException e) {
      return new Result(e.toString(), true);
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }
}
