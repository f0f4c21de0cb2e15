package io.proffer.agent.masterlink;

import io.proffer.api.v1.Address;
import io.proffer.api.v1.MasterInfo;
import io.proffer.api.zookeeper.CuratorNodes;
import io.proffer.api.zookeeper.LeaderNodes;
import io.proffer.api.zookeeper.OneServer;
import io.proffer.api.zookeeper.ZooKeeperUrl;
import java.time.Duration;

/** A node in ZooKeeper of a master that may not even be there; gone when it is closed. */
public final class Candidate implements AutoCloseable {
  private static final Duration SESSION = Duration.ofSeconds(4);

  private final CuratorNodes nodes;

  private Candidate(CuratorNodes nodes) {
    this.nodes = nodes;
  }

  /** Its node goes a little after it does, even where nobody hears it go. */
  public static Candidate at(ZooKeeperUrl url, int port) {
    return at(url, port, SESSION);
  }

  /** Its node is there until it is closed, however long this process pauses. */
  public static Candidate lasting(ZooKeeperUrl url, int port) {
    return at(url, port, OneServer.LONGEST);
  }

  private static Candidate at(ZooKeeperUrl url, int port, Duration session) {
    var nodes = CuratorNodes.open(url, session);
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
