package io.proffer.agent.masterlink;

import io.proffer.api.v1.Address;
import io.proffer.api.v1.MasterInfo;
import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.LeaderNodes;
import io.proffer.api.zookeeper.ZooKeeperUrl;
import java.time.Duration;

/** A node in ZooKeeper of a master that may not even be there; gone when it is closed. */
public final class Candidate implements AutoCloseable {
  private static final Duration SESSION = Duration.ofSeconds(4);

  private final CuratorNodes nodes;

  private Candidate(CuratorNodes nodes) {
    this.nodes = nodes;
  }

  public static Candidate at(ZooKeeperUrl url, int port) {
    var nodes = CuratorNodes.open(url, SESSION);
    var info =
        MasterInfo.newBuilder()
            .setId("m-" + port)
            .setIp(0)
            .setPort(port)
            .setHostname("localhost")
            .setAddress(Address.newBuilder().setIp("127.0.0.1").setPort(port))
            .build();
    var name = url.path() + "/" + LeaderNodes.LABEL;
    nodes
        .make(url.path())
        .thenCompose(made -> nodes.enlist(name, LeaderNodes.write(info)))
        .toCompletableFuture()
        .join();
    return new Candidate(nodes);
  }

  @Override
  public void close() {
    nodes.close();
  }
}
