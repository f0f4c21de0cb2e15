package io.proffer.master.election;

import io.proffer.api.v1.MasterInfo;
import io.proffer.api.zookeeper.LeaderNodes;
import io.proffer.api.zookeeper.Nodes;
import io.proffer.api.zookeeper.NodesException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A node of this master.
 *
 * @param session that it ends with
 * @param info what it says
 * @param unwanted whether it is to go
 */
record Own(String name, long session, MasterInfo info, boolean unwanted) {
  /**
   * Makes one in the session there is now, and the only one. What comes before may take so long
   * that the session then is another.
   */
  static CompletionStage<Own> make(Nodes nodes, String path, MasterInfo info) {
    var session = nodes.session();
    if (session == 0) {
      return CompletableFuture.failedFuture(
          new NodesException(
              NodesException.Kind.CONNECTION, "the connection to ZooKeeper broke", null));
    }
    return new Leftovers(nodes, path)
        .remove(session)
        .thenCompose(none -> nodes.enlist(path + "/" + LeaderNodes.LABEL, LeaderNodes.write(info)))
        .thenApply(made -> new Own(made.substring(path.length() + 1), session, info, false));
  }

  Own given() {
    return new Own(name, session, info, true);
  }
}
