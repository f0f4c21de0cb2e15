package io.proffer.master.registry.zookeeper;

import com.google.protobuf.ByteString;
import io.proffer.api.zookeeper.Node;
import io.proffer.api.zookeeper.Nodes;
import io.proffer.kernel.StoreException;
import io.proffer.kernel.Write;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A registry that this writer holds the pen of. */
record Opened(PenWrites pen, Shelf shelf, Stage stage) {
  /** So many small values fit into one answer, with room. */
  private static final int TOGETHER = 100;

  private record Part(String key, ByteString data) {}

  /** All records, in the order of the bytes of their keys. */
  static CompletionStage<List<Write>> read(Nodes nodes, Shelf shelf) {
    return onThread(nodes, () -> asked(nodes, shelf))
        .thenCompose(
            reads ->
                CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new))
                    .thenApply(done -> records(reads)));
  }

  private static List<CompletableFuture<List<Part>>> asked(Nodes nodes, Shelf shelf) {
    var all = new ArrayList<CompletableFuture<List<Part>>>();
    var small = shelf.small();
    for (var from = 0; from < small.size(); from += TOGETHER) {
      var keys = small.subList(from, Math.min(small.size(), from + TOGETHER));
      all.add(together(nodes, shelf, keys).toCompletableFuture());
    }
    shelf.large().forEach(key -> all.add(pieces(nodes, shelf, key).toCompletableFuture()));
    return all;
  }

  /** Of reads that are all done. */
  private static List<Write> records(List<CompletableFuture<List<Part>>> reads) {
    var values = new TreeMap<String, ByteString>(Opened::byBytes);
    for (var read : reads) {
      for (var part : read.join()) {
        values.merge(part.key(), part.data(), ByteString::concat);
      }
    }
    var records = new ArrayList<Write>(values.size());
    values.forEach((key, data) -> records.add(Write.put(key, data.toByteArray())));
    return records;
  }

  private static CompletionStage<List<Part>> together(Nodes nodes, Shelf shelf, List<String> keys) {
    return nodes
        .read(keys.stream().map(key -> shelf.nodes(key).iterator().next()).toList())
        .thenApply(
            found -> {
              var parts = new ArrayList<Part>(keys.size());
              for (var i = 0; i < keys.size(); i++) {
                parts.add(new Part(keys.get(i), data(found.get(i), keys.get(i))));
              }
              return parts;
            });
  }

  private static CompletionStage<List<Part>> pieces(Nodes nodes, Shelf shelf, String key) {
    CompletionStage<List<Part>> all = CompletableFuture.completedFuture(List.of());
    for (var piece : shelf.nodes(key)) {
      all =
          all.thenCombine(
              nodes.read(piece),
              (before, node) -> {
                var parts = new ArrayList<>(before);
                parts.add(new Part(key, data(node, key)));
                return parts;
              });
    }
    return all;
  }

  private static ByteString data(Optional<Node> node, String key) {
    return node.map(Node::data)
        .orElseThrow(
            () ->
                new StoreException(
                    "The registry's record %s is gone from ZooKeeper while it was read: does something else write there?"
                        .formatted(key)));
  }

  private static <T> CompletionStage<T> onThread(Nodes nodes, Supplier<T> work) {
    var done = new CompletableFuture<T>();
    nodes.run(() -> done.complete(work.get()));
    return done;
  }

  private static int byBytes(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
