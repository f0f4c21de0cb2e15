package io.proffer.master;

import io.proffer.api.zookeeper.Nodes;
import io.proffer.kernel.StoreException;
import io.proffer.master.election.Election;
import io.proffer.master.election.Standing;
import io.proffer.master.registry.Recovered;
import io.proffer.master.registry.zookeeper.ZooKeeperJournal;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a standby read the registry while another leads, and throw it away: when its own time comes
 * the classes are loaded, and the methods compiled, that reading takes. What was read is of no use
 * then: the leader has written since.
 */
record Foresight(MasterConfig config, Nodes nodes, Vertx vertx, Election election)
    implements Consumer<Standing> {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.master");

  /** When all have turned to the leader, and processors rest. */
  private static final Duration LATER = Duration.ofSeconds(10);

  @Override
  public void accept(Standing now) {
    if (now instanceof Standing.Following) {
      vertx.setTimer(LATER.toMillis(), timer -> begin(now));
    }
  }

  /** On a thread for what blocks, which is not the one that is to lead. */
  private void begin(Standing then) {
    vertx
        .executeBlocking(() -> election.standing().equals(then) ? agents() : 0)
        .onSuccess(agents -> LOG.debug("Read the registry in advance: {} agents", agents))
        .onFailure(cause -> LOG.debug("The registry was not read in advance", cause));
  }

  /**
   * How many agents there are.
   *
   * @throws StoreException when the leader wrote meanwhile, among other reasons
   */
  private int agents() {
    var limits = config.ha().registryLimits(config.tuning().registryFetchTimeout());
    var path = config.ha().zk().orElseThrow().path();
    return Recovered.from(ZooKeeperJournal.peek(nodes, path, limits)).agents().size();
  }
}
