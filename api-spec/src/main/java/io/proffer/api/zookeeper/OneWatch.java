package io.proffer.api.zookeeper;

import java.util.concurrent.Executor;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;

/**
 * Calls once, for whatever is told first, whom it was last set for. There is one for a path:
 * ZooKeeper's client keeps each it was ever given until the path changes, which may take months.
 */
final class OneWatch implements Watcher {
  private final Executor thread;
  private Runnable changed;

  OneWatch(Executor thread) {
    this.thread = thread;
  }

  /** From now on calls this one, and no other. */
  OneWatch set(Runnable changed) {
    thread.execute(() -> this.changed = changed);
    return this;
  }

  @Override
  public void process(WatchedEvent event) {
    // A broken connection may come back with the same session; then the watch still holds.
    if (event.getType() != Event.EventType.None || event.getState() == Event.KeeperState.Expired) {
      fire();
    }
  }

  void fire() {
    thread.execute(
        () -> {
          var once = changed;
          changed = null;
          if (once != null) {
            once.run();
          }
        });
  }
}
