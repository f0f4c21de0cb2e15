package io.proffer.agent.container.launcher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Supervisors forked by a small process that stays. Nothing depends on its life: when it ends, what
 * it started goes on and is waited for otherwise, what it was asked for and did not begin is
 * started directly, and the next launch starts another one. Nor on its going on: one that is
 * stopped is made to, or ended.
 */
final class Spawner implements Starter {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.agent");

  private final Supervisor supervisor;
  private final ScheduledExecutorService looks;
  private final Starter direct = new DirectStarter();
  private final List<Orphans> orphans = new ArrayList<>();
  private Optional<SpawnerProcess> current = Optional.empty();
  private boolean closed;

  /**
   * One that starts no process before the first launch.
   *
   * @param looks where that process is looked after, until this is closed
   */
  Spawner(Supervisor supervisor, ScheduledExecutorService looks) {
    this.supervisor = supervisor;
    this.looks = looks;
  }

  @Override
  public CompletionStage<Started> start(ControlDirectory control, ProcessBuilder what) {
    var asked = new SpawnerProcess.Asked(control, what, new CompletableFuture<>());
    try {
      var process = process();
      if (process.isPresent() && process.get().ask(asked)) {
        return asked.answer();
      }
    } catch (IOException | RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
    return direct.start(control, what);
  }

  /** The process, if there is one at this moment. */
  synchronized Optional<Long> pid() {
    return current.filter(process -> !process.isGone()).map(SpawnerProcess::pid);
  }

  private synchronized Optional<SpawnerProcess> process() {
    if (closed) {
      return Optional.empty();
    }
    if (current.isEmpty() || current.get().isGone()) {
      try {
        current = Optional.of(SpawnerProcess.start(supervisor, looks, this::ended));
      } catch (IOException e) {
        LOG.warn("Cannot start the process that starts supervisors: they are started without", e);
        current = Optional.empty();
      }
    }
    return current;
  }

  private void ended(SpawnerProcess.Left left) {
    if (isClosed()) {
      // Nobody waits for an end any more; but what was asked for is begun, as if there were no us.
      left.asked().forEach(one -> startAgain(one));
      return;
    }
    LOG.warn(
        "The process that starts supervisors has ended: {} containers go on without it, {} launches"
            + " are tried again, and another one is started with the next",
        left.running().size(),
        left.asked().size());
    var waits = new Orphans();
    left.running().forEach(one -> await(waits, one.control(), one.exit()));
    var begun = new ArrayList<SpawnerProcess.Asked>();
    for (var one : left.asked()) {
      if (!startAgain(one)) {
        begun.add(one);
      }
    }
    for (var one : begun) {
      takeOver(waits, one);
    }
    add(waits);
    waits.start();
  }

  /**
   * @return false when it had begun
   */
  private boolean startAgain(SpawnerProcess.Asked one) {
    try {
      if (!one.control().claim()) {
        return false;
      }
      one.control().delete();
      one.control().create();
    } catch (IOException e) {
      one.answer().completeExceptionally(e);
      return true;
    }
    var _ =
        direct
            .start(one.control(), one.supervisor())
            .whenComplete(
                (started, failure) -> {
                  if (failure != null) {
                    one.answer().completeExceptionally(failure);
                  } else {
                    one.answer().complete(started);
                  }
                });
    return true;
  }

  /** One that has begun, and of which the answer was not sent any more. */
  private static void takeOver(Orphans waits, SpawnerProcess.Asked one) {
    try {
      var owner = one.control().owner();
      if (owner.isEmpty()) {
        one.answer().completeExceptionally(new IOException("its supervisor left no trace"));
        return;
      }
      var exit = new CompletableFuture<Integer>();
      one.answer().complete(new Started(owner.get().pid(), exit));
      await(waits, one.control(), exit);
    } catch (IOException e) {
      one.answer().completeExceptionally(e);
    }
  }

  private static void await(
      Orphans waits, ControlDirectory control, CompletableFuture<Integer> exit) {
    var _ = waits.await(control).thenAccept(exit::complete);
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void add(Orphans waits) {
    orphans.add(waits);
    if (closed) {
      waits.close();
    }
  }

  @Override
  public void close() {
    Optional<SpawnerProcess> last;
    synchronized (this) {
      closed = true;
      last = current;
      orphans.forEach(Orphans::close);
    }
    last.ifPresent(SpawnerProcess::close);
  }
}
