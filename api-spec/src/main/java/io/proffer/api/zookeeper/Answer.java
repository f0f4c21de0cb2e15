package io.proffer.api.zookeeper;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.zookeeper.KeeperException.Code;

/** Takes an answer from ZooKeeper's own thread to that of a client, and words its failures. */
final class Answer<T> {
  private final Executor thread;
  private final String servers;
  private final String path;
  private final CompletableFuture<T> stage = new CompletableFuture<>();

  /**
   * @param thread that of the client
   * @param servers who was asked, for sentences
   * @param path what was asked for
   */
  Answer(Executor thread, String servers, String path) {
    this.thread = thread;
    this.servers = servers;
    this.path = path;
  }

  CompletionStage<T> stage() {
    return stage;
  }

  void end(int code, T value) {
    thread.execute(
        () -> {
          if (code == Code.OK.intValue()) {
            stage.complete(value);
          } else {
            stage.completeExceptionally(failure(Code.get(code)));
          }
        });
  }

  void found(int code, Supplier<T> value, T missing) {
    if (code == Code.NONODE.intValue()) {
      end(Code.OK.intValue(), missing);
    } else {
      end(code, code == Code.OK.intValue() ? value.get() : null);
    }
  }

  /** The question never left. */
  void notAsked(Exception cause) {
    stage.completeExceptionally(
        new NodesException(
            NodesException.Kind.CONNECTION,
            "ZooKeeper at %s cannot be asked: %s".formatted(servers, cause.getMessage()),
            cause));
  }

  private NodesException failure(Code code) {
    var kind =
        switch (code) {
          case CONNECTIONLOSS, OPERATIONTIMEOUT -> NodesException.Kind.CONNECTION;
          case SESSIONEXPIRED, SESSIONMOVED -> NodesException.Kind.SESSION;
          case BADVERSION -> NodesException.Kind.VERSION;
          case NODEEXISTS -> NodesException.Kind.EXISTS;
          case NONODE -> NodesException.Kind.MISSING;
          case NOAUTH, AUTHFAILED, INVALIDACL -> NodesException.Kind.DENIED;
          default -> NodesException.Kind.OTHER;
        };
    return new NodesException(
        kind,
        kind == NodesException.Kind.DENIED
            ? "ZooKeeper at %s refuses access to %s: give the user and password its nodes were made with, as zk://user:password@HOST:PORT/PATH"
                .formatted(servers, path)
            : "ZooKeeper at %s failed at %s: %s".formatted(servers, path, code),
        null);
  }
}
