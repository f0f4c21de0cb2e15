package io.proffer.master;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Calls that come between the election of a master and the moment it has read the registry. They
 * wait: who is refused asks again and again, and a thousand agents who do so keep a JVM that has
 * never led from what it must do first. From any thread.
 */
final class Antechamber {
  /** So many are on their way in at once: what arrives meanwhile has its turn between them. */
  private static final int ABREAST = 8;

  private final Duration patience;
  private final int most;
  private final BiConsumer<Duration, Runnable> later;

  // All below are guarded by this.
  private Deque<Consumer<Runnable>> few = new ArrayDeque<>();
  private Deque<Consumer<Runnable>> agents = new ArrayDeque<>();
  private boolean open;
  private int elections;

  /**
   * @param patience how long a call waits; zero for not at all
   * @param most how many may wait
   * @param later does something after a while
   */
  Antechamber(Duration patience, int most, BiConsumer<Duration, Runnable> later) {
    this.patience = patience;
    this.most = most;
    this.later = later;
  }

  /** This master was elected: calls wait from now on. */
  void open() {
    if (patience.isZero()) {
      return;
    }
    var election = begin();
    later.accept(patience, () -> tooLong(election));
  }

  private synchronized int begin() {
    open = true;
    return ++elections;
  }

  private void tooLong(int election) {
    boolean same;
    synchronized (this) {
      same = election == elections;
    }
    if (same) {
      close();
    }
  }

  /**
   * Keeps a call, if it may wait here now.
   *
   * @param ofAgent whether there may be thousands like it
   * @param letIn has the call looked at anew, and then runs what it is given
   * @return whether it is kept
   */
  synchronized boolean keep(boolean ofAgent, Consumer<Runnable> letIn) {
    if (!open || waiting() >= most) {
      return false;
    }
    (ofAgent ? agents : few).add(letIn);
    return true;
  }

  synchronized int waiting() {
    return few.size() + agents.size();
  }

  /** Nobody waits any more, whatever becomes of the calls: first those of which there are few. */
  void close() {
    var all = new ConcurrentLinkedQueue<Consumer<Runnable>>();
    synchronized (this) {
      open = false;
      all.addAll(few);
      all.addAll(agents);
      few = new ArrayDeque<>();
      agents = new ArrayDeque<>();
    }
    for (int i = 0; i < ABREAST; i++) {
      next(all);
    }
  }

  private static void next(Queue<Consumer<Runnable>> all) {
    var letIn = all.poll();
    if (letIn != null) {
      letIn.accept(() -> next(all));
    }
  }
}
