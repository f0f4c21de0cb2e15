package io.proffer.master.election;

import io.proffer.api.zookeeper.Leader;
import io.proffer.api.zookeeper.Nodes;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What keeps a master from leading and from knowing who does: said in its log when it has lasted
 * for a while, and again for as long as it lasts. All on the thread of the nodes.
 */
final class Worries {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.master");

  /** How long the servers may be away before the log says so, and between two times. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * Of a session: what this process was before is gone by then, however slow the servers are with
   * the end of its session.
   */
  private static final double OVER = 1.5;

  private final Nodes nodes;
  private final String authority;
  private final Supplier<Standing> standing;
  private final Worry away = new Worry();
  private final Worry rival = new Worry();

  /**
   * @param authority where this master serves, {@code HOST:PORT}
   * @param standing as this master takes it to be
   */
  Worries(Nodes nodes, String authority, Supplier<Standing> standing) {
    this.nodes = nodes;
    this.authority = authority;
    this.standing = standing;
  }

  void connected(boolean connected) {
    if (connected) {
      away.ends();
    } else {
      away.lasts(PATIENCE, this::away);
    }
  }

  private String away(Duration since) {
    var so =
        switch (standing.get()) {
          case Standing.Leading() -> "this master leads on only while its lease lasts";
          case Standing.Following(var leader) ->
              "whether %s still leads is not known".formatted(leader);
          case Standing.Leaderless() -> "nobody leads as far as this master knows";
        };
    return "ZooKeeper could not be reached for %d seconds, so %s. Do the servers of --zk have these names and ports, and does a majority of them run?"
        .formatted(since.toSeconds(), so);
  }

  /** A leader of this master's address that it is not itself. */
  void rival(Optional<Leader> other) {
    if (other.isEmpty()) {
      rival.ends();
      return;
    }
    var session = Duration.ofNanos((long) (nodes.sessionTimeout().toNanos() * OVER));
    rival.lasts(
        session,
        since ->
            "Another master leads under the address %s, which this one announces too (%s in ZooKeeper): nobody is answered here while it does. Give each master an address of its own, by --ip and --port or by --advertise_ip and --advertise_port"
                .formatted(authority, other.get().node()));
  }

  void end() {
    away.ends();
    rival.ends();
  }

  private final class Worry {
    private Optional<Runnable> timer = Optional.empty();

    void lasts(Duration patience, Function<Duration, String> sentence) {
      if (timer.isEmpty()) {
        var began = nodes.nanos();
        sayAfter(patience, () -> sentence.apply(Duration.ofNanos(nodes.nanos() - began)));
      }
    }

    private void sayAfter(Duration delay, Supplier<String> sentence) {
      timer =
          Optional.of(
              nodes.after(
                  delay,
                  () -> {
                    LOG.warn(sentence.get());
                    sayAfter(PATIENCE, sentence);
                  }));
    }

    void ends() {
      timer.ifPresent(Runnable::run);
      timer = Optional.empty();
    }
  }
}
