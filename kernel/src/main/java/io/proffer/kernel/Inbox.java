package io.proffer.kernel;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The bounded queue of a loop, and where its thread sleeps. Any thread offers, one takes. */
final class Inbox<C> {
  private final int limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // All below are guarded by the lock.
  private final ArrayDeque<C> queue = new ArrayDeque<>();
  private boolean sleeping;
  private boolean woken;
  private boolean closed;

  Inbox(int limit) {
    this.limit = limit;
  }

  /** False, at once, when full or closed. */
  boolean offer(C command) {
    Objects.requireNonNull(command, "command");
    lock.lock();
    try {
      if (closed || queue.size() >= limit) {
        return false;
      }
      queue.add(command);
      signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Moves up to {@code count} commands, the oldest first. */
  void take(int count, Collection<? super C> into) {
    lock.lock();
    try {
      for (var left = count; left > 0 && !queue.isEmpty(); left--) {
        into.add(queue.poll());
      }
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more; what is queued stays. */
  void close() {
    lock.lock();
    try {
      closed = true;
      signal();
    } finally {
      lock.unlock();
    }
  }

  /** True when nothing waits and nothing can come. */
  boolean isDrained() {
    lock.lock();
    try {
      return closed && queue.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the sleep of the loop, or the next one if it does not sleep now. From any thread. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sleeps until woken or the time has passed.
   *
   * @param commands whether a queued command ends the sleep
   * @param closing whether being closed ends it
   */
  void sleep(long nanos, boolean commands, boolean closing) throws InterruptedException {
    lock.lock();
    try {
      sleeping = true;
      var left = nanos;
      while (left > 0 && !woken && !(commands && !queue.isEmpty()) && !(closing && closed)) {
        left = changed.awaitNanos(left);
      }
    } finally {
      woken = false;
      sleeping = false;
      lock.unlock();
    }
  }

  private void signal() {
    if (sleeping) {
      changed.signal();
    }
  }
}
