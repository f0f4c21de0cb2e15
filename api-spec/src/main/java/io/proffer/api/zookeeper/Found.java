package io.proffer.api.zookeeper;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.data.Stat;

/** Nodes, as ZooKeeper answers them. */
final class Found {
  private Found() {}

  /** One of each read, and none where it failed. */
  static List<Optional<Node>> nodes(List<OpResult> results) {
    var nodes = new ArrayList<Optional<Node>>(results.size());
    for (var result : results) {
      nodes.add(
          result instanceof OpResult.GetDataResult read
              ? Optional.of(node(read.getData(), read.getStat()))
              : Optional.empty());
    }
    return nodes;
  }

  static Node node(byte[] data, Stat stat) {
    return new Node(
        data == null ? ByteString.EMPTY : ByteString.copyFrom(data),
        stat.getVersion(),
        stat.getEphemeralOwner());
  }
}
