package io.proffer.api.zookeeper;

import com.google.protobuf.ByteString;

/** One step of a change that happens as a whole or not at all. */
public sealed interface Change {
  /** The node that it is about. */
  String path();

  /** A persistent node comes; fails when it is there, or its parent is not. */
  record Create(String path, ByteString data) implements Change {}

  /**
   * A node gets other data.
   *
   * @param version it must have, or {@link Node#ANY_VERSION}
   */
  record Set(String path, ByteString data, int version) implements Change {}

  /** A node without children goes; fails when it is not there. */
  record Delete(String path) implements Change {}
}
