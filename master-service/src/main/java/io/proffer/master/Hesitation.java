package io.proffer.master;

import io.proffer.api.zookeeper.Nodes;
import io.proffer.api.zookeeper.NodesException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The pause of a master that was elected and could not open the registry, before it contends again:
 * it would most likely be elected at once, fail in the same way, and ask the servers for all of it
 * each time. From any thread.
 */
final class Hesitation {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Nodes nodes;
  private Duration pause = Duration.ZERO;
  private Duration before = Duration.ZERO;

  Hesitation(Nodes nodes) {
    this.nodes = nodes;
  }

  /**
   * It could not open the registry.
   *
   * @return what may be the cause and is not in the message; empty text when that says it all
   */
  synchronized String failed(Throwable failure) {
    var again = !before.isZero();
    pause = again ? before.multipliedBy(2) : FIRST;
    pause = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    before = pause;
    return again && broke(failure)
        ? ". When ZooKeeper answers otherwise, a request may have been too large for it, which ends"
            + " the connection: jute.maxbuffer of all its servers must be larger than"
            + " --registry_request_bytes"
        : "";
  }

  private static boolean broke(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof NodesException known) {
        return known.kind() == NodesException.Kind.CONNECTION;
      }
    }
    return false;
  }

  /** It leads: what was before is over. */
  synchronized void led() {
    pause = Duration.ZERO;
    before = Duration.ZERO;
  }

  /** Done when it may contend again; once for each failure. */
  synchronized CompletionStage<Void> over() {
    var over = new CompletableFuture<Void>();
    if (pause.isZero()) {
      over.complete(null);
    } else {
      var _ = nodes.after(pause, () -> over.complete(null));
      pause = Duration.ZERO;
    }
    return over;
  }
}
