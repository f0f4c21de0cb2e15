package io.proffer.agent.container.launcher;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process that forks supervisors, from its start to its end. A task may stop it, which ends
 * nothing: so it is looked after, and nobody waits for it who has a lock that others need.
 */
final class SpawnerProcess {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.agent");

  /** So much of the title of a supervisor can be seen. */
  private static final int TITLE_BYTES = 1500;

  private static final int ANSWER_BYTES = 12;
  private static final int STARTED = 1;
  private static final int REFUSED = 2;
  private static final int ENDED = 3;

  /** EAGAIN and ENOMEM of Linux. */
  private static final int TOO_MANY = 11;

  private static final int NO_MEMORY = 12;

  /** How often it is looked after. */
  private static final long LOOK_MS = 1000;

  /** So many looks in a row may find it stopped: before the last it was told to go on. */
  private static final int STOPPED_LOOKS = 3;

  /** So many may find it without an answer to anybody who asked: its machine may be busy. */
  private static final int SILENT_LOOKS = 10;

  /** How long its end waits for who is just asking. */
  private static final long CLOSE_MS = 1000;

  /** A request without an answer. */
  record Asked(
      ControlDirectory control,
      ProcessBuilder supervisor,
      CompletableFuture<Starter.Started> answer) {}

  /** A supervisor that has not ended. */
  record Running(ControlDirectory control, CompletableFuture<Integer> exit) {}

  /** What its end leaves to others. */
  record Left(List<Asked> asked, List<Running> running) {}

  private final Process process;
  private final InputStream answers;
  private final OutputStream requests;
  private final Map<Integer, Asked> asked = new ConcurrentHashMap<>();
  private final Map<Integer, Running> running = new ConcurrentHashMap<>();
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicInteger last = new AtomicInteger();
  private volatile boolean gone;
  private final AtomicLong answered = new AtomicLong();

  /** Of the looks alone. */
  private long seen;

  private int stopped;
  private int silent;

  private SpawnerProcess(Process process, InputStream answers) {
    this.process = process;
    this.answers = answers;
    this.requests = process.getOutputStream();
  }

  /**
   * Starts one.
   *
   * @param looks where it is looked after, in no time
   * @param ended called when it has ended, on its own thread: whatever it had begun has by then
   *     said who it is, and whatever has not, never will
   */
  static SpawnerProcess start(
      Supervisor supervisor, ScheduledExecutorService looks, Consumer<Left> ended)
      throws IOException {
    var command = new ArrayList<>(supervisor.command());
    command.add("spawn");
    command.add(" ".repeat(TITLE_BYTES));
    try (var pipe = new Pipe()) {
      var answers = new FileInputStream(pipe.from());
      try {
        var builder =
            new ProcessBuilder(command)
                .redirectOutput(pipe.to())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        var spawner = new SpawnerProcess(builder.start(), answers);
        var looking =
            looks.scheduleWithFixedDelay(spawner::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
        Thread.ofPlatform().daemon().name("spawner").start(() -> spawner.run(looking, ended));
        return spawner;
      } catch (IOException | RuntimeException e) {
        answers.close();
        throw e;
      }
    }
  }

  /**
   * Asks for a supervisor. Blocks while it does not read, until it is made to or has ended.
   *
   * @return false when it takes no requests any more; else the answer is given in any case, if not
   *     by it then by who is told of its end
   * @throws IOException when this can be asked of nobody
   */
  boolean ask(Asked one) throws IOException {
    var number = last.incrementAndGet();
    var request = SpawnRequest.encode(number, one.supervisor());
    synchronized (this) {
      if (gone) {
        return false;
      }
      asked.put(number, one);
    }
    writing.lock();
    try {
      requests.write(request);
      requests.flush();
    } catch (IOException e) {
      // It has ended, so half of a request will never be a whole one: whoever is told of the end
      // finds it among what was asked.
      gone = true;
    } finally {
      writing.unlock();
    }
    return true;
  }

  /** Ends it, once it has done what it was asked for; soon at any rate. */
  void close() {
    // One that was stopped would not even notice.
    goOn();
    try {
      if (!writing.tryLock(CLOSE_MS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      return;
    }
    try {
      requests.close();
    } catch (IOException e) {
      // It has ended already, and something was left to write: who is told of the end sees to it.
      process.destroyForcibly();
    } finally {
      writing.unlock();
    }
  }

  /**
   * Has it go on when it was stopped, and ends it when that does not help, or when it says nothing
   * to who asked. Without it all goes on: what it has told nobody is found otherwise.
   */
  void look() {
    var isStopped = Processes.stat(process.pid()).filter(Processes.Stat::isStopped).isPresent();
    stopped = isStopped ? stopped + 1 : 0;
    var heard = answered.get();
    silent = asked.isEmpty() || heard != seen ? 0 : silent + 1;
    seen = heard;
    if (stopped >= STOPPED_LOOKS || silent >= SILENT_LOOKS) {
      LOG.warn("Process {}, which starts supervisors, does not go on: it is killed", pid());
      process.destroyForcibly();
    } else if (isStopped) {
      LOG.warn("Process {}, which starts supervisors, was stopped: it is made to go on", pid());
      goOn();
    }
  }

  private void goOn() {
    if (process.isAlive()) {
      Signals.send(process.pid(), Signals.CONTINUE);
    }
  }

  /** Its number, for tests and the log. */
  long pid() {
    return process.pid();
  }

  /** Whether it takes no requests any more. */
  boolean isGone() {
    return gone;
  }

  private void run(ScheduledFuture<?> looking, Consumer<Left> ended) {
    try (answers) {
      var answer = answers.readNBytes(ANSWER_BYTES);
      while (answer.length == ANSWER_BYTES) {
        answered.incrementAndGet();
        take(ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder()));
        answer = answers.readNBytes(ANSWER_BYTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The answers of a spawner could not be read", e);
    } finally {
      looking.cancel(false);
      ended.accept(end());
    }
  }

  private void take(ByteBuffer answer) {
    int what = answer.getInt();
    int who = answer.getInt();
    int value = answer.getInt();
    switch (what) {
      case STARTED -> {
        var one = asked.remove(who);
        var exit = new CompletableFuture<Integer>();
        running.put(value, new Running(one.control(), exit));
        one.answer().complete(new Starter.Started(value, exit));
      }
      case REFUSED -> asked.remove(who).answer().completeExceptionally(refusal(value));
      case ENDED -> running.remove(who).exit().complete(value);
      default -> throw new IllegalStateException("a spawner answered with " + what);
    }
  }

  private static IOException refusal(int error) {
    return new IOException(
        "Cannot fork a supervisor: "
            + switch (error) {
              case TOO_MANY ->
                  "there are too many processes (ulimit -u, or pids.max of the cgroup)";
              case NO_MEMORY -> "there is not enough memory";
              default -> "error=" + error;
            });
  }

  private synchronized Left end() {
    gone = true;
    var left = new Left(List.copyOf(asked.values()), List.copyOf(running.values()));
    asked.clear();
    running.clear();
    return left;
  }
}
