package io.proffer.api.zookeeper;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows who leads: masters, agents and commands look the same way.
 *
 * <pre>
 *   look: children, with a watch --> data of the smallest --> told, if it is another
 *     ^                                                          |
 *     '-- others are there, connected again, or a minute later --'
 * </pre>
 *
 * <p>When the session ends nobody leads, as far as this client knows; nor when it could not look
 * for as long as a session lasts, for then another may. All on the thread of the nodes.
 */
public final class LeaderWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.leader");

  /** A watch that was lost somewhere must not mean that the new leader is never seen. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Nodes nodes;
  private final String path;
  private final Consumer<Optional<Leader>> told;

  private Optional<Optional<Leader>> last = Optional.empty();
  private Runnable nextLook = () -> {};
  private Optional<Runnable> doubt = Optional.empty();
  private String complaint = "";
  private boolean closed;

  /** Which look it is: what an earlier one comes back with does not count any more. */
  private long turn;

  /**
   * @param path under which masters enlist
   * @param told who leads, at first and whenever it changed; empty when nobody does
   */
  public LeaderWatch(Nodes nodes, String path, Consumer<Optional<Leader>> told) {
    this.nodes = nodes;
    this.path = path;
    this.told = told;
  }

  /** Looks, and goes on doing so. Once. */
  public void start() {
    nodes.onConnection(this::connection);
    nodes.run(this::look);
  }

  @Override
  public void close() {
    nodes.run(
        () -> {
          closed = true;
          turn++;
          nextLook.run();
          sure();
        });
  }

  private void connection(Nodes.Connection connection) {
    if (closed) {
      return;
    }
    switch (connection) {
      case CONNECTED -> look();
      case SUSPENDED -> doubt(); // The leader most likely goes on.
      case LOST -> {
        turn++;
        sure();
        tell(Optional.empty());
      }
    }
  }

  private void look() {
    if (closed) {
      return;
    }
    var now = ++turn;
    lookAfter(LOOK_AGAIN, now);
    nodes
        .children(path, () -> ifStill(now, this::look))
        .whenComplete(
            (names, failure) ->
                ifStill(
                    now,
                    () -> {
                      if (failure == null) {
                        seen(names, now);
                      } else {
                        failed(failure, now);
                      }
                    }));
  }

  private void seen(List<String> names, long now) {
    var first = LeaderNodes.first(names);
    if (first.isEmpty()) {
      sure();
      tell(Optional.empty());
      return;
    }
    nodes
        .read(path + "/" + first.get())
        .whenComplete(
            (node, failure) ->
                ifStill(
                    now,
                    () -> {
                      if (failure != null) {
                        failed(failure, now);
                      } else if (node.isEmpty()) {
                        look(); // It went while we looked.
                      } else {
                        read(first.get(), node.get());
                      }
                    }));
  }

  private void read(String name, Node node) {
    sure();
    var info = LeaderNodes.read(name, node.data());
    if (info.isEmpty()) {
      complain(
          "The node %s/%s in ZooKeeper is named like a master and holds none: something else writes below this path. Give the cluster a path of its own, or remove that node"
              .formatted(path, name));
    }
    tell(info.map(it -> new Leader(name, it)));
  }

  /**
   * A connection that comes and goes is never taken to be lost, and nothing may be seen through it.
   */
  private void doubt() {
    if (doubt.isEmpty()) {
      doubt = Optional.of(nodes.after(patience(), () -> tell(Optional.empty())));
    }
  }

  /** Longer than until a connection that stays away is known to be lost: that says why, too. */
  private Duration patience() {
    return nodes.sessionTimeout().multipliedBy(5).dividedBy(4);
  }

  private void sure() {
    doubt.ifPresent(Runnable::run);
    doubt = Optional.empty();
  }

  private void failed(Throwable failure, long now) {
    doubt();
    switch (NodesException.kind(failure)) {
      case CONNECTION, SESSION -> {} // Told by the connection, when it is back.
      case VERSION, EXISTS, MISSING, DENIED, OTHER ->
          complain("Cannot see in ZooKeeper who leads: " + failure.getMessage());
    }
    lookAfter(RETRY, now);
  }

  private void lookAfter(Duration delay, long now) {
    nextLook.run();
    nextLook = nodes.after(delay, () -> ifStill(now, this::look));
  }

  private void ifStill(long now, Runnable work) {
    if (turn == now) {
      work.run();
    }
  }

  private void tell(Optional<Leader> leader) {
    if (!last.equals(Optional.of(leader))) {
      last = Optional.of(leader);
      told.accept(leader);
    }
  }

  /** Once for each thing: it is looked at again every second. */
  private void complain(String sentence) {
    if (!complaint.equals(sentence)) {
      complaint = sentence;
      LOG.warn(sentence);
    }
  }
}
