package io.proffer.master;

import io.proffer.api.zookeeper.NodesException;
import java.util.concurrent.TimeoutException;

/** ZooKeeper is away: that passes, unlike all else that keeps a master from leading. */
final class Outage {
  private Outage() {}

  /** Whether it came of that. */
  static boolean isIn(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException) {
        return true;
      }
      if (cause instanceof NodesException) {
        return switch (NodesException.kind(cause)) {
          case CONNECTION, SESSION -> true;
          case VERSION, EXISTS, MISSING, DENIED, OTHER -> false;
        };
      }
    }
    return false;
  }
}
