package io.proffer.master.election;

import io.proffer.api.zookeeper.LeaderNodes;
import io.proffer.api.zookeeper.Node;
import io.proffer.api.zookeeper.Nodes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Nodes of a session whose making was never answered: there must be one, with its data.
 *
 * @param path under which masters enlist
 */
record Leftovers(Nodes nodes, String path) {
  CompletionStage<Void> remove(long session) {
    return nodes
        .children(path)
        .thenCompose(
            names -> {
              var all = names.stream().filter(it -> LeaderNodes.sequence(it).isPresent()).toList();
              return nodes
                  .read(all.stream().map(name -> path + "/" + name).toList())
                  .thenCompose(found -> removeOf(session, all, found));
            });
  }

  private CompletionStage<Void> removeOf(
      long session, List<String> names, List<Optional<Node>> found) {
    CompletionStage<Void> all = CompletableFuture.completedFuture(null);
    for (var i = 0; i < names.size(); i++) {
      if (found.get(i).map(Node::owner).orElse(0L) == session) {
        var name = names.get(i);
        all = all.thenCompose(done -> nodes.remove(path + "/" + name));
      }
    }
    return all;
  }
}
