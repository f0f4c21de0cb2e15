package io.proffer.master;

import io.proffer.api.zookeeper.Nodes;
import io.proffer.master.election.Election;
import io.proffer.master.election.Standing;
import io.proffer.master.registry.DamagedException;
import io.proffer.master.registry.Recovered;
import io.proffer.master.registry.UnfitException;
import io.proffer.master.registry.zookeeper.ZooKeeperJournal;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a standby look at the registry while another leads. At once whether it is of its own cluster
 * and version, for where a cluster begins two could find nothing there and contend. Then it reads
 * all of it, and throws it away: when its own time comes the classes are loaded, and the methods
 * compiled, that reading takes. What was read is of no use then: the leader has written since.
 */
final class Foresight implements Consumer<Standing> {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.master");

  /** When the leader has opened the registry, most likely. */
  private static final Duration SOON = Duration.ofSeconds(1);

  /** When all have turned to the leader, and processors rest. */
  private static final Duration LATER = Duration.ofSeconds(10);

  private final MasterConfig config;
  private final Nodes nodes;
  private final Vertx vertx;
  private final Election election;
  private final Supplier<CompletionStage<Void>> check;
  private final Consumer<RuntimeException> unfit;
  private final AtomicReference<String> told = new AtomicReference<>("");

  /**
   * @param check whether this master could write the registry
   * @param unfit hears of what would keep it from leading, for good
   */
  Foresight(
      MasterConfig config,
      Nodes nodes,
      Vertx vertx,
      Election election,
      Supplier<CompletionStage<Void>> check,
      Consumer<RuntimeException> unfit) {
    this.config = config;
    this.nodes = nodes;
    this.vertx = vertx;
    this.election = election;
    this.check = check;
    this.unfit = unfit;
  }

  @Override
  public void accept(Standing now) {
    if (now instanceof Standing.Following) {
      vertx.setTimer(SOON.toMillis(), timer -> check(now, () -> {}));
      vertx.setTimer(LATER.toMillis(), timer -> check(now, () -> read(now)));
    }
  }

  private void check(Standing then, Runnable next) {
    if (!election.standing().equals(then)) {
      return;
    }
    check
        .get()
        .whenComplete(
            (fit, failure) -> {
              if (failure == null) {
                next.run();
              } else {
                refused(failure, then);
              }
            });
  }

  /** On a thread for what blocks, which is not the one that is to lead. */
  private void read(Standing then) {
    vertx
        .executeBlocking(() -> election.standing().equals(then) ? agents() : 0)
        .onSuccess(agents -> LOG.debug("Read the registry in advance: {} agents", agents))
        .onFailure(cause -> refused(cause, then));
  }

  /** What may be of this moment alone is told when it keeps this master from leading. */
  private void refused(Throwable failure, Standing then) {
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof UnfitException bad && election.standing().equals(then)) {
      LOG.error("Could not lead, and stands by no longer: {}", bad.getMessage());
      unfit.accept(bad);
    } else {
      if (cause instanceof DamagedException damage) {
        tellOnce(damage.getMessage());
      }
      LOG.debug("The registry was not read in advance", cause);
    }
  }

  /** Once, whoever leads next: it is read again for each. It stands by, for it may be mended. */
  private void tellOnce(String damage) {
    if (!told.getAndSet(damage).equals(damage)) {
      LOG.warn("This master could not lead after the one that does: {}", damage);
    }
  }

  /**
   * How many agents there are.
   *
   * @throws io.proffer.kernel.StoreException when the leader wrote meanwhile, among other reasons
   */
  private int agents() {
    var limits = config.ha().registryLimits(config.tuning().registryFetchTimeout());
    var path = config.ha().zk().orElseThrow().path();
    return Recovered.from(ZooKeeperJournal.peek(nodes, path, limits)).agents().size();
  }
}
