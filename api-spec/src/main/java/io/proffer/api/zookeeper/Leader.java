package io.proffer.api.zookeeper;

import io.proffer.api.v1.MasterInfo;

/**
 * A master that leads.
 *
 * @param node the name of its node, which no other master ever has
 */
public record Leader(String node, MasterInfo info) {
  /** Where it serves, {@code HOST:PORT}. */
  public String authority() {
    return LeaderNodes.authority(info);
  }
}
