package io.proffer.master.registry.zookeeper;

import java.time.Duration;

/**
 * How much is asked of ZooKeeper.
 *
 * @param requestBytes the largest request; the servers' jute.maxbuffer must be larger
 * @param timeout how long opening and reading may wait for an answer
 */
public record RegistryLimits(int requestBytes, Duration timeout) {
  /**
   * What a change weighs beside its data and the name of its node, about: the rest of its path, and
   * the frame of the protocol.
   */
  static final int CHANGE_BYTES = 300;

  /**
   * However much the servers take: an answer has the data of one node in it, and clients take 1 MB
   * unless told otherwise, which nobody tells those of masters, or of who looks after ZooKeeper.
   */
  private static final int LARGEST_PIECE = 512 * 1024;

  /** The largest data of one node, so that two fit into a request with room for their paths. */
  int pieceBytes() {
    return Math.min(requestBytes / 2, LARGEST_PIECE);
  }
}
