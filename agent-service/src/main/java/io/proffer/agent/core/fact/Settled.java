package io.proffer.agent.core.fact;

import com.google.protobuf.ByteString;
import java.util.List;

/**
 * A task that is over, and whose executor is still there. What the agent told it last may have been
 * lost on the way; then it comes back with updates that are no news.
 *
 * @param seen the uuids of its newest updates
 */
public record Settled(TaskKey key, List<ByteString> seen) {
  private static final long PLACE = 256;
  private static final long SEEN = 64;

  public Settled {
    seen = List.copyOf(seen);
  }

  /** How much memory it takes, about. */
  public long weight() {
    var names = key.framework().value().length() + key.task().value().length();
    return PLACE + names + SEEN * seen.size();
  }
}
