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
import java.util.function.Consumer;

/** One process that forks supervisors, from its start to its end. */
final class SpawnerProcess {
  /** So much of the title of a supervisor can be seen. */
  private static final int TITLE_BYTES = 1500;

  private static final int ANSWER_BYTES = 12;
  private static final int STARTED = 1;
  private static final int REFUSED = 2;
  private static final int ENDED = 3;

  /** EAGAIN and ENOMEM of Linux. */
  private static final int TOO_MANY = 11;

  private static final int NO_MEMORY = 12;

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
  private int last;
  private boolean gone;

  private SpawnerProcess(Process process, InputStream answers) {
    this.process = process;
    this.answers = answers;
    this.requests = process.getOutputStream();
  }

  /**
   * Starts one.
   *
   * @param ended called when it has ended, on its own thread: whatever it had begun has by then
   *     said who it is, and whatever has not, never will
   */
  static SpawnerProcess start(Supervisor supervisor, Consumer<Left> ended) throws IOException {
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
        Thread.ofPlatform().daemon().name("spawner").start(() -> spawner.run(ended));
        return spawner;
      } catch (IOException | RuntimeException e) {
        answers.close();
        throw e;
      }
    }
  }

  /**
   * Asks for a supervisor.
   *
   * @return false when it takes no requests any more; else the answer is given in any case, if not
   *     by it then by who is told of its end
   * @throws IOException when this can be asked of nobody
   */
  synchronized boolean ask(Asked one) throws IOException {
    var request = SpawnRequest.encode(last + 1, one.supervisor());
    if (gone) {
      return false;
    }
    last++;
    asked.put(last, one);
    try {
      requests.write(request);
      requests.flush();
    } catch (IOException e) {
      // It has ended, so half of a request will never be a whole one: whoever is told of the end
      // finds it among what was asked.
      gone = true;
    }
    return true;
  }

  /** Ends it, once it has done what it was asked for. */
  synchronized void close() {
    try {
      requests.close();
    } catch (IOException e) {
      // It has ended already, and something was left to write: who is told of the end sees to it.
      process.destroyForcibly();
    }
  }

  /** Its number, for tests and the log. */
  long pid() {
    return process.pid();
  }

  /** Whether it takes no requests any more. */
  synchronized boolean isGone() {
    return gone;
  }

  private void run(Consumer<Left> ended) {
    try (answers) {
      var answer = answers.readNBytes(ANSWER_BYTES);
      while (answer.length == ANSWER_BYTES) {
        take(ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder()));
        answer = answers.readNBytes(ANSWER_BYTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The answers of a spawner could not be read", e);
    } finally {
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
