package io.proffer.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A stream of events as a stranger would read it, record by record: JSON, and nothing of the
 * project's own codecs, so that a mistake in those cannot hide itself, where no other form is
 * wanted.
 */
public final class EventStream implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** How long a test waits for an event that must come. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpResponse<InputStream> answer;
  private final Form form;
  private final InputStream stream;
  private final LinkedBlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
  private final List<JsonNode> seen = new ArrayList<>();

  /** Events that came while a test waited for another: they are still there to be awaited. */
  private final List<JsonNode> waiting = new ArrayList<>();

  private final Thread reader;
  private volatile boolean ended;

  private EventStream(HttpResponse<InputStream> answer, Form form) {
    this.answer = answer;
    this.form = form;
    this.stream = answer.body();
    this.reader = Thread.ofPlatform().daemon().name("event-stream").start(this::read);
  }

  /**
   * Sends a SUBSCRIBE body as it is; the answer must be 200.
   *
   * @param headers names and values, besides those of JSON
   */
  public static EventStream open(String url, String body, String... headers) {
    return open(PATIENCE, url, Form.JSON, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** The same of a server that may be stopped: it must begin to answer within the limit. */
  static EventStream open(Duration limit, String url, Form form, byte[] body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(limit)
            .header("Content-Type", form.mediaType())
            .header("Accept", form.mediaType())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    for (var i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      if (answer.statusCode() != 200) {
        throw new AssertionError(
            "SUBSCRIBE answered "
                + answer.statusCode()
                + " "
                + new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
      }
      return new EventStream(answer, form);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The stream of an operator. */
  public static EventStream ofOperator(String masterUrl, String... headers) {
    return open(masterUrl + "/api/v1", "{\"type\":\"SUBSCRIBE\"}", headers);
  }

  /** A header of the answer; empty when it is not there. */
  public String header(String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private void read() {
    try (stream) {
      while (true) {
        long length = 0;
        int c;
        while ((c = stream.read()) != '\n') {
          if (c < 0) {
            return;
          }
          length = length * 10 + (c - '0');
        }
        var record = stream.readNBytes((int) length);
        if (record.length < length) {
          return;
        }
        events.add(form.decode(record));
      }
    } catch (IOException e) {
      // The stream broke, which is an end like any other: tests ask by ended().
      return;
    } finally {
      ended = true;
    }
  }

  /**
   * The first event of this type (null: of any) that matches and was not yet taken. Others that
   * come before it wait for those who ask for them.
   */
  public JsonNode await(String type, Predicate<JsonNode> matches) {
    Predicate<JsonNode> wanted =
        e -> (type == null || e.path("type").asText().equals(type)) && matches.test(e);
    for (int i = 0; i < waiting.size(); i++) {
      if (wanted.test(waiting.get(i))) {
        return waiting.remove(i);
      }
    }
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    for (var event = poll(deadline); event != null; event = poll(deadline)) {
      if (wanted.test(event)) {
        return event;
      }
      waiting.add(event);
    }
    throw new AssertionError("no " + type + " that fits within " + PATIENCE + "; seen: " + seen);
  }

  private JsonNode poll(long deadlineNanos) {
    try {
      var event = events.poll(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event != null) {
        seen.add(event);
      }
      return event;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The next event of any type but HEARTBEAT, or null when none comes within the limit. */
  public JsonNode next(Duration limit) {
    while (!waiting.isEmpty()) {
      var event = waiting.removeFirst();
      if (!event.path("type").asText().equals("HEARTBEAT")) {
        return event;
      }
    }
    var deadline = System.nanoTime() + limit.toNanos();
    for (var event = poll(deadline); event != null; event = poll(deadline)) {
      if (!event.path("type").asText().equals("HEARTBEAT")) {
        return event;
      }
    }
    return null;
  }

  /** Every event so far, once so many of them fit, or patience is over: what lacks shows then. */
  public List<JsonNode> seen(Predicate<JsonNode> fits, int count) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (seen.stream().filter(fits).count() < count) {
      var event = poll(deadline);
      if (event == null) {
        break;
      }
      waiting.add(event);
    }
    for (var more = events.poll(); more != null; more = events.poll()) {
      seen.add(more);
      waiting.add(more);
    }
    return seen();
  }

  /** True once the server closed the stream. */
  public boolean ended() {
    return ended;
  }

  /** Every event taken so far, in order. */
  public List<JsonNode> seen() {
    return List.copyOf(seen);
  }

  /** Drops the connection without a word. */
  @Override
  public void close() {
    try {
      stream.close();
      reader.join(TimeUnit.SECONDS.toMillis(5));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
