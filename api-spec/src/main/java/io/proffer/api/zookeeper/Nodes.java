package io.proffer.api.zookeeper;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The tree of nodes in ZooKeeper, as one client sees it.
 *
 * <p>Nothing blocks. Requests are sent in the order given; stages, watches and timers complete on
 * one thread, that of this client, and so must not block either. Stages fail with {@link
 * NodesException}. A session that ended is followed by another by itself; ephemeral nodes and
 * watches went with it.
 */
public interface Nodes extends AutoCloseable {
  /** How it is with the connection. */
  enum Connection {
    /** There is one, with the session of before or a new one. */
    CONNECTED,
    /** There is none; the session may still be alive. */
    SUSPENDED,
    /** The session is over, or must be taken to be. */
    LOST
  }

  /**
   * Makes a node that lasts, and its parents; done too when it is there.
   *
   * @param path of nodes without data
   */
  CompletionStage<Void> make(String path);

  /**
   * Makes a node that ends with the session, its name followed by ten digits that only grow.
   *
   * @return the path it got
   */
  CompletionStage<String> enlist(String path, ByteString data);

  /** Makes all of these changes, or none and fails. */
  CompletionStage<Void> commit(List<Change> changes);

  /** Removes a node; done too when it is not there. */
  CompletionStage<Void> remove(String path);

  /**
   * A node as this client's server knows it, which may be a moment behind; empty when not there.
   */
  CompletionStage<Optional<Node>> read(String path);

  /** Many nodes in one request, in the order of paths; small ones, for the answer has a limit. */
  CompletionStage<List<Optional<Node>>> read(List<String> paths);

  /** Names of the children of a node; none when there is no such node. */
  CompletionStage<List<String>> children(String path);

  /**
   * The same, and {@code changed} is called once, when other children are there or the connection
   * was lost and it cannot be known. It takes the place of one for the same path that was not
   * called yet.
   */
  CompletionStage<List<String>> children(String path, Runnable changed);

  /** What was written by anybody before is seen by reads after. */
  CompletionStage<Void> sync(String path);

  /** The session now; 0 while there was none yet. */
  long session();

  /** How long a session lasts without a word of its client, as the servers granted it. */
  Duration sessionTimeout();

  /** Calls for each change of the connection from now on. */
  void onConnection(Consumer<Connection> listener);

  /** Runs work on the thread of this client. */
  void run(Runnable work);

  /**
   * Runs work on the thread of this client after a while.
   *
   * @return cancels it
   */
  Runnable after(Duration delay, Runnable work);

  /** Monotonic nanoseconds. */
  long nanos();

  /** Ends the session, and with it the nodes that were enlisted. Blocks a moment. */
  @Override
  void close();
}
