package io.proffer.api.zookeeper;

import com.google.protobuf.ByteString;

/**
 * A node as it was read.
 *
 * @param version counts how often its data was set, from 0
 * @param owner the session that it ends with; 0 for one that stays
 */
public record Node(ByteString data, int version, long owner) {
  /** In place of a version: whichever it has. */
  public static final int ANY_VERSION = -1;
}
