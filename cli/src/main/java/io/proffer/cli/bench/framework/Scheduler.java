package io.proffer.cli.bench.framework;

import io.proffer.api.json.JsonFormatException;
import io.proffer.api.recordio.RecordFormatException;
import io.proffer.api.recordio.RecordParser;
import io.proffer.api.v1.FrameworkID;
import io.proffer.api.v1.TaskState;
import io.proffer.api.v1.TaskStatus;
import io.proffer.api.v1.scheduler.Call;
import io.proffer.api.v1.scheduler.Event;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One scheduler. Of one event loop. */
final class Scheduler {
  private static final int MAX_RECORD_BYTES = 256 * 1024 * 1024;

  /** A master that has too many calls waiting, or has not read its registry yet. */
  private static final int BUSY = 503;

  private static final long RETRY_MS = 50;
  private static final long RESUBSCRIBE_MS = 200;

  /** A task under way. */
  private static final class Flight {
    private final long sentNanos;
    private boolean ran;

    Flight(long sentNanos) {
      this.sentNanos = sentNanos;
    }
  }

  /** What a scheduler tells to whoever counts; on its event loop. */
  interface Watcher {
    void subscribed();

    void offered();
  }

  private final Caller caller;
  private final Words words;
  private final Stock stock;
  private final Crowd.Plan plan;
  private final Progress progress;
  private final Samples untilRunning = new Samples();
  private final Map<String, Flight> flights = new HashMap<>();
  private RecordParser parser = new RecordParser(MAX_RECORD_BYTES);
  private Optional<FrameworkID> id = Optional.empty();
  private Optional<Watcher> watcher = Optional.empty();
  private Optional<HttpClientResponse> stream = Optional.empty();
  private int streams;
  private int attempts;
  private boolean recounting;
  private boolean over;
  private boolean retired;

  Scheduler(Context context, int number, Crowd.Plan plan, Progress progress) {
    this.caller = new Caller(context, plan.host(), plan.port(), plan.format(), plan.connections());
    this.words = new Words("bench-" + number, plan.need(), plan.command());
    this.stock = new Stock(plan.need());
    this.plan = plan;
    this.progress = progress;
  }

  Samples untilRunning() {
    return untilRunning;
  }

  /** Subscribes, and tells of it, and of each time it does so again. */
  void open(Watcher watcher) {
    caller.soon(
        () -> {
          this.watcher = Optional.of(watcher);
          subscribe();
        });
  }

  /** Subscribes at another master, which leads now. */
  void turnTo(String host, int port) {
    caller.soon(
        () -> {
          caller.turnTo(host, port);
          streams++;
          stock.clear();
          stream.ifPresent(before -> before.request().reset());
          stream = Optional.empty();
          subscribe();
        });
  }

  /** Forgets the times measured so far. */
  void measureFromNow() {
    caller.soon(untilRunning::clear);
  }

  /** Bytes of the last TaskInfo. */
  int taskBytes() {
    return words.taskBytes();
  }

  /** Asks for the state of all its tasks; each answer counts as reconciled. */
  void recount() {
    caller.soon(
        () -> {
          recounting = true;
          call(words.reconcile(id.orElseThrow()), () -> {});
        });
  }

  /** Gives all offers back, and wants no others; what runs goes on. */
  void retire(Runnable then) {
    caller.soon(
        () -> {
          retired = true;
          call(words.suppress(id.orElseThrow()), () -> giveBack(then));
        });
  }

  private void giveBack(Runnable then) {
    var offers = stock.takeAll();
    if (offers.isEmpty()) {
      then.run();
    } else {
      call(words.decline(id.orElseThrow(), offers), then);
    }
  }

  /** Ends the framework. */
  void teardown(Runnable then) {
    caller.soon(
        () -> {
          over = true;
          id.ifPresentOrElse(known -> call(words.teardown(known), then), then);
        });
  }

  private void subscribe() {
    if (over) {
      return;
    }
    int attempt = ++attempts;
    caller
        .subscribe(words.subscribe(id))
        .onSuccess(answer -> answered(answer, attempt))
        .onFailure(ignored -> subscribeAgain(attempt));
  }

  /** Unless it was begun anew since, at another master. */
  private void subscribeAgain(int attempt) {
    caller.later(
        RESUBSCRIBE_MS,
        () -> {
          if (attempt == attempts) {
            subscribe();
          }
        });
  }

  private void answered(HttpClientResponse answer, int attempt) {
    if (attempt != attempts) {
      answer.request().reset();
      return;
    }
    if (answer.statusCode() != 200) {
      if (answer.statusCode() != BUSY) {
        answer.body().onSuccess(text -> trouble(answer.statusCode(), text.toString()));
      }
      subscribeAgain(attempt);
      return;
    }
    parser = new RecordParser(MAX_RECORD_BYTES);
    int number = ++streams;
    stream = Optional.of(answer);
    answer.exceptionHandler(broken -> lost(number));
    answer.endHandler(ignored -> lost(number));
    answer.handler(
        chunk -> {
          if (number == streams) {
            read(chunk);
          }
        });
  }

  /** A stream that breaks may say so twice. */
  private void lost(int number) {
    if (number == streams) {
      streams++;
      stream = Optional.empty();
      stock.clear();
      subscribeAgain(attempts);
    }
  }

  private void read(Buffer chunk) {
    try {
      for (var record : parser.read(chunk.getBytes())) {
        take(caller.event(record));
      }
    } catch (IOException | RecordFormatException | JsonFormatException unreadable) {
      progress.failed("an event cannot be read: " + unreadable.getMessage());
    }
    launch();
  }

  private void take(Event event) {
    switch (event.getType()) {
      case SUBSCRIBED -> {
        id = Optional.of(event.getSubscribed().getFrameworkId());
        watcher.ifPresent(Watcher::subscribed);
      }
      case OFFERS -> {
        event.getOffers().getOffersList().forEach(stock::add);
        watcher.ifPresent(Watcher::offered);
        if (retired) {
          giveBack(() -> {});
        }
      }
      case RESCIND -> stock.remove(event.getRescind().getOfferId().getValue());
      case UPDATE -> update(event.getUpdate().getStatus());
      case ERROR -> {
        over = true;
        progress.failed("ERROR: " + event.getError().getMessage());
      }
      case UNKNOWN,
          HEARTBEAT,
          INVERSE_OFFERS,
          RESCIND_INVERSE_OFFER,
          UPDATE_OPERATION_STATUS,
          MESSAGE,
          FAILURE -> {}
    }
  }

  private void launch() {
    // Whole batches only, so that one finished task does not cost an ACCEPT of its own.
    while (!over
        && !retired
        && !stock.isEmpty()
        && !progress.isClaimed()
        && plan.concurrency() - flights.size() >= Math.min(plan.batch(), plan.concurrency())) {
      var offer = stock.take();
      if (offer.isEmpty()) {
        return;
      }
      int count = progress.claim(Math.min(plan.batch(), stock.room(offer.get())));
      if (count == 0) {
        return;
      }
      var accept = words.accept(id.orElseThrow(), offer.get(), count);
      var flight = System.nanoTime();
      for (var task : accept.getAccept().getOperations(0).getLaunch().getTaskInfosList()) {
        flights.put(task.getTaskId().getValue(), new Flight(flight));
      }
      call(accept, () -> {});
    }
  }

  private void update(TaskStatus status) {
    if (status.getReason() == TaskStatus.Reason.REASON_RECONCILIATION) {
      if (recounting && status.getState() == TaskState.TASK_RUNNING) {
        progress.reconciled();
      }
      return;
    }
    var task = status.getTaskId().getValue();
    var flight = flights.get(task);
    if (flight != null && status.getState() == TaskState.TASK_RUNNING && !flight.ran) {
      flight.ran = true;
      untilRunning.add(System.nanoTime() - flight.sentNanos);
    }
    if (status.hasUuid()) {
      call(words.acknowledge(id.orElseThrow(), status), () -> settled(task, status));
    } else {
      settled(task, status);
    }
  }

  /** The master has the acknowledgement, or wants none. */
  private void settled(String task, TaskStatus status) {
    var flight = flights.get(task);
    if (flight == null) {
      return;
    }
    switch (status.getState()) {
      case TASK_STAGING, TASK_STARTING, TASK_KILLING, TASK_UNREACHABLE -> {}
      case TASK_RUNNING -> {
        if (!plan.untilFinished()) {
          flights.remove(task);
          progress.done();
        }
      }
      case TASK_FINISHED -> {
        flights.remove(task);
        progress.done();
      }
      case TASK_LOST,
          TASK_DROPPED,
          TASK_ERROR,
          TASK_FAILED,
          TASK_KILLED,
          TASK_GONE,
          TASK_GONE_BY_OPERATOR,
          TASK_UNKNOWN -> {
        flights.remove(task);
        ended(status, flight);
      }
    }
    launch();
  }

  private void ended(TaskStatus status, Flight flight) {
    if (!flight.ran && status.getReason() == TaskStatus.Reason.REASON_INVALID_OFFERS) {
      progress.refused();
    } else {
      progress.failed(
          "%s of %s: %s"
              .formatted(status.getState(), status.getTaskId().getValue(), status.getMessage()));
    }
  }

  /** Sends a call until the master takes it. */
  private void call(Call call, Runnable then) {
    caller
        .send(call)
        .onSuccess(
            answer -> {
              if (answer.status() == BUSY) {
                caller.later(RETRY_MS, () -> call(call, then));
              } else if (answer.status() >= 300) {
                trouble(answer.status(), call.getType() + ": " + answer.text());
              } else {
                then.run();
              }
            })
        .onFailure(
            cause -> {
              if (!over) {
                caller.later(RETRY_MS, () -> call(call, then));
              }
            });
  }

  private void trouble(int status, String text) {
    progress.failed("the master answered " + status + " " + text);
  }
}
