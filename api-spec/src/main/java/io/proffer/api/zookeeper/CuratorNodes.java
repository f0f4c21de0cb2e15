package io.proffer.api.zookeeper;

import com.google.protobuf.ByteString;
import io.proffer.api.tls.TlsStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.retry.BoundedExponentialBackoffRetry;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tree of real servers. Curator keeps the session; requests go to its client of ZooKeeper as
 * they are, without Curator's repetitions: who asks here knows better what a lost answer means.
 */
public final class CuratorNodes implements Nodes {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.zookeeper");
  private static final int FIRST_RETRY_MS = 100;
  private static final int LONGEST_RETRY_MS = 2_000;
  private static final int RETRIES = 10;

  /** A third of the session is for finding out that a connection is dead, so more is of no use. */
  private static final int CONNECTS_PER_SESSION = 3;

  private final CuratorFramework curator;
  private final String servers;
  private final Rights rights;
  private final Optional<Encryption> encryption;
  private final Duration wantedSession;
  private final List<Consumer<Connection>> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, OneWatch> watches = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("zookeeper-client").daemon().factory());

  private CuratorNodes(
      CuratorFramework curator,
      ZooKeeperUrl url,
      Rights rights,
      Optional<Encryption> encryption,
      Duration session) {
    this.curator = curator;
    this.servers = url.connectString();
    this.wantedSession = session;
    this.rights = rights;
    this.encryption = encryption;
  }

  /** The same, in clear. */
  public static CuratorNodes open(ZooKeeperUrl url, Duration session) {
    return open(url, session, Optional.empty());
  }

  /**
   * Begins to connect; does not wait for it.
   *
   * @param session how long the servers shall wait for a word of this client before they end its
   *     session; they may grant another time
   * @param tls what to encrypt with; empty for plain TCP
   * @throws java.io.UncheckedIOException when the files that encryption needs cannot be written
   */
  public static CuratorNodes open(ZooKeeperUrl url, Duration session, Optional<TlsStore> tls) {
    var millis = Math.clamp(session.toMillis(), 1, Integer.MAX_VALUE);
    var rights = new Rights(url);
    var builder =
        CuratorFrameworkFactory.builder()
            .connectString(url.connectString())
            .aclProvider(rights)
            .sessionTimeoutMs(millis)
            .connectionTimeoutMs(Math.max(1, millis / CONNECTS_PER_SESSION))
            .retryPolicy(
                new BoundedExponentialBackoffRetry(FIRST_RETRY_MS, LONGEST_RETRY_MS, RETRIES));
    url.credentials()
        .ifPresent(pair -> builder.authorization("digest", pair.getBytes(StandardCharsets.UTF_8)));
    var encryption = tls.map(store -> new Encryption(url, store));
    encryption.ifPresent(it -> it.apply(builder));
    var nodes = new CuratorNodes(builder.build(), url, rights, encryption, session);
    try {
      nodes.start();
      encryption.ifPresent(it -> it.watch(() -> nodes.session() != 0));
      Names.look(url);
      return nodes;
    } catch (RuntimeException e) {
      nodes.close();
      throw e;
    }
  }

  /** Why there is no session, where TLS is the reason and it was found out. */
  public Optional<String> refusal() {
    return encryption.flatMap(Encryption::refusal);
  }

  /** The client behind it, for what knows Curator alone (the cluster of masters). */
  public CuratorFramework curator() {
    return curator;
  }

  @Override
  public CompletionStage<Void> make(String path) {
    return create(path, ByteString.EMPTY, CreateMode.PERSISTENT)
        .handle(
            (made, failure) ->
                failure == null
                    ? CompletableFuture.<Void>completedFuture(null)
                    : makeAfter(path, failure))
        .thenCompose(stage -> stage);
  }

  /** A missing parent is made first. */
  private CompletionStage<Void> makeAfter(String path, Throwable failure) {
    var parent = path.substring(0, path.lastIndexOf('/'));
    return switch (NodesException.kind(failure)) {
      case EXISTS -> there(path);
      case MISSING ->
          parent.isEmpty()
              ? CompletableFuture.failedFuture(failure)
              : make(parent).thenCompose(made -> make(path));
      // Who may not make it is told so even where somebody else has made it for us.
      case DENIED ->
          read(path)
              .thenCompose(
                  node -> node.isPresent() ? there(path) : CompletableFuture.failedFuture(failure));
      case CONNECTION, SESSION, VERSION, OTHER -> CompletableFuture.failedFuture(failure);
    };
  }

  /** Somebody else made it, maybe without a password; nobody waits to hear of that. */
  private CompletionStage<Void> there(String path) {
    try {
      rights.look(curator.getZookeeperClient().getZooKeeper(), path);
    } catch (Exception e) {
      LOG.debug("It is looked at when it is made again", e);
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<String> enlist(String path, ByteString data) {
    return create(path, data, CreateMode.EPHEMERAL_SEQUENTIAL);
  }

  private CompletionStage<String> create(String path, ByteString data, CreateMode mode) {
    return ask(
        path,
        (zooKeeper, done) ->
            zooKeeper.create(
                path,
                data.toByteArray(),
                rights.getAclForPath(path),
                mode,
                (code, asked, context, name) -> done.end(code, name),
                null));
  }

  @Override
  public CompletionStage<Void> commit(List<Change> changes) {
    return ask(
        changes.isEmpty() ? "/" : changes.getFirst().path(),
        (zooKeeper, done) ->
            zooKeeper.multi(
                changes.stream().map(this::operation).toList(),
                (code, asked, context, results) -> done.end(code, null),
                null));
  }

  private Op operation(Change change) {
    return switch (change) {
      case Change.Create(var path, var data) ->
          Op.create(path, data.toByteArray(), rights.getAclForPath(path), CreateMode.PERSISTENT);
      case Change.Set(var path, var data, var version) ->
          Op.setData(path, data.toByteArray(), version);
      case Change.Delete(var path) -> Op.delete(path, Node.ANY_VERSION);
    };
  }

  @Override
  public CompletionStage<Void> remove(String path) {
    return ask(
        path,
        (zooKeeper, done) ->
            zooKeeper.delete(
                path,
                Node.ANY_VERSION,
                (code, asked, context) ->
                    done.end(code == Code.NONODE.intValue() ? Code.OK.intValue() : code, null),
                null));
  }

  @Override
  public CompletionStage<Optional<Node>> read(String path) {
    return ask(
        path,
        (zooKeeper, done) ->
            zooKeeper.getData(
                path,
                false,
                (code, asked, context, data, stat) ->
                    done.found(code, () -> Optional.of(Found.node(data, stat)), Optional.empty()),
                null));
  }

  @Override
  public CompletionStage<List<Optional<Node>>> read(List<String> paths) {
    if (paths.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    return ask(
        paths.getFirst(),
        (zooKeeper, done) ->
            zooKeeper.multi(
                paths.stream().map(Op::getData).toList(),
                (code, asked, context, results) ->
                    // Of reads each may fail for itself, and the code is that of one of them.
                    done.end(
                        results == null ? code : Code.OK.intValue(),
                        results == null ? null : Found.nodes(results)),
                null));
  }

  @Override
  public CompletionStage<List<String>> children(String path) {
    return children(path, null, ignored -> {});
  }

  @Override
  public CompletionStage<List<String>> children(String path, Runnable changed) {
    var watch = watches.computeIfAbsent(path, any -> new OneWatch(this::run)).set(changed);
    return children(
        path,
        watch,
        // A node that is not there yet is waited for.
        zooKeeper ->
            zooKeeper.exists(
                path,
                watch,
                (code, asked, context, stat) -> {
                  if (code == Code.OK.intValue()) {
                    watch.fire();
                  }
                },
                null));
  }

  private CompletionStage<List<String>> children(
      String path, Watcher watch, Consumer<ZooKeeper> missing) {
    return ask(
        path,
        (zooKeeper, done) ->
            zooKeeper.getChildren(
                path,
                watch,
                (code, asked, context, names) -> {
                  if (code == Code.NONODE.intValue()) {
                    missing.accept(zooKeeper);
                  }
                  done.found(code, () -> names, List.of());
                },
                null));
  }

  @Override
  public CompletionStage<Void> sync(String path) {
    return ask(
        path,
        (zooKeeper, done) ->
            zooKeeper.sync(path, (code, asked, context) -> done.end(code, null), null));
  }

  @Override
  public long session() {
    try {
      return curator.getZookeeperClient().isConnected()
          ? curator.getZookeeperClient().getZooKeeper().getSessionId()
          : 0;
    } catch (Exception e) {
      return 0; // None: it was lost between the two questions.
    }
  }

  @Override
  public Duration sessionTimeout() {
    var granted = curator.getZookeeperClient().getLastNegotiatedSessionTimeoutMs();
    return granted > 0 ? Duration.ofMillis(granted) : wantedSession;
  }

  @Override
  public void onConnection(Consumer<Connection> listener) {
    listeners.add(listener);
  }

  @Override
  public void run(Runnable work) {
    try {
      thread.execute(guarded(work));
    } catch (RejectedExecutionException e) {
      // Closed: nobody is interested any more.
    }
  }

  @Override
  public Runnable after(Duration delay, Runnable work) {
    try {
      var timer = thread.schedule(guarded(work), delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> timer.cancel(false);
    } catch (RejectedExecutionException e) {
      return () -> {};
    }
  }

  /** The executor would keep a bug to itself. */
  private static Runnable guarded(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException | Error e) {
        LOG.error("Work with ZooKeeper failed", e);
        throw e;
      }
    };
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public void close() {
    curator.close();
    encryption.ifPresent(Encryption::close);
    thread.shutdownNow();
  }

  private void start() {
    curator
        .getConnectionStateListenable()
        .addListener((client, state) -> changed(state), this::run);
    curator.start();
  }

  private void changed(ConnectionState state) {
    var connection =
        switch (state) {
          case CONNECTED, RECONNECTED, READ_ONLY -> Connection.CONNECTED;
          case SUSPENDED -> Connection.SUSPENDED;
          case LOST -> Connection.LOST;
        };
    listeners.forEach(listener -> listener.accept(connection));
  }

  /** Sends a request from the thread of this client, where Curator's client may be waited for. */
  private <T> CompletionStage<T> ask(String path, Request<T> request) {
    var answer = new Answer<T>(this::run, servers, path);
    run(
        () -> {
          try {
            request.send(curator.getZookeeperClient().getZooKeeper(), answer);
          } catch (KeeperException e) {
            answer.end(e.code().intValue(), null);
          } catch (Exception e) {
            answer.notAsked(e);
          }
        });
    return answer.stage();
  }

  private interface Request<T> {
    void send(ZooKeeper zooKeeper, Answer<T> answer);
  }
}
