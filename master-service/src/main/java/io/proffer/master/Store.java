package io.proffer.master;

import io.proffer.api.flags.Durations;
import io.proffer.api.flags.WrongFlagException;
import io.proffer.api.zookeeper.Nodes;
import io.proffer.kernel.InMemoryJournal;
import io.proffer.kernel.Journal;
import io.proffer.kernel.StoreException;
import io.proffer.kernel.Write;
import io.proffer.kernel.sqlite.SqliteJournal;
import io.proffer.master.MasterConfig.RegistryKind;
import io.proffer.master.core.event.RoleEvent;
import io.proffer.master.registry.Recovered;
import io.proffer.master.registry.Registry;
import io.proffer.master.registry.zookeeper.Fitness;
import io.proffer.master.registry.zookeeper.PathOwner;
import io.proffer.master.registry.zookeeper.Writer;
import io.proffer.master.registry.zookeeper.ZooKeeperJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry at start: opened, read, and the epoch of this run written before anything else.
 *
 * @param epoch of this run, higher than any before
 * @param fetchNanos how long reading took
 */
record Store(Journal<Write> journal, Recovered recovered, long epoch, long fetchNanos) {
  private static final Logger LOG = LoggerFactory.getLogger("io.proffer.master");
  private static final int WAITING_BATCHES = 64;
  private static final String FILE = "registry.sqlite";

  /**
   * Opens the registry the flags name.
   *
   * @param nodes where one in ZooKeeper is
   * @param writer who opens it
   * @param wallMillis now, of the wall clock: an epoch is never lower
   * @throws StartException with what to do
   */
  static Store open(MasterConfig config, Optional<Nodes> nodes, Writer writer, long wallMillis) {
    if (config.asksForLog()) {
      LOG.warn(
          "--registry=replicated_log: there is no replicated log here; the registry is kept as with"
              + " --registry={}",
          config.registry());
    }
    return open(config, journal(config, nodes, writer), wallMillis);
  }

  /**
   * Looks each time, without blocking, whether a master that stands by could lead and open the
   * registry; fails with why not.
   */
  static Supplier<CompletionStage<Void>> check(MasterConfig config, Nodes nodes) {
    var path = config.ha().zk().orElseThrow().path();
    var owner = new PathOwner(nodes, path);
    return () ->
        owner
            .check()
            .thenCompose(
                ours ->
                    config.registry() == RegistryKind.zookeeper
                        ? Fitness.check(nodes, path, config.cluster().orElse(""))
                        : CompletableFuture.completedFuture(null));
  }

  /** The empty one of a master that stands by. */
  static Store idle(MasterConfig config, long wallMillis) {
    return open(config, new InMemoryJournal(), wallMillis);
  }

  private static Store open(MasterConfig config, Journal<Write> journal, long wallMillis) {
    var weights = Settings.weights(config);
    try {
      var began = System.nanoTime();
      var recovered = Recovered.from(journal.load());
      var fetchNanos = System.nanoTime() - began;
      var epoch = Math.max(recovered.epoch() + 1, wallMillis);
      var first = new ArrayList<>(List.of(Registry.epoch(epoch)));
      if (recovered.roles().weights().isEmpty() && !weights.isEmpty()) {
        first.addAll(Registry.writes(new RoleEvent.WeightsSet(weights)));
        recovered = recovered.withWeights(weights);
      }
      journal
          .append(first)
          .toCompletableFuture()
          .get(config.tuning().registryStoreTimeout().toMillis(), TimeUnit.MILLISECONDS);
      return new Store(journal, recovered, epoch, fetchNanos);
    } catch (StoreException e) {
      journal.close();
      throw new StartException(e.getMessage(), e);
    } catch (ExecutionException e) {
      journal.close();
      throw new StartException(e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      journal.close();
      throw new StartException(
          "The registry did not take a write within --registry_store_timeout="
              + Durations.format(config.tuning().registryStoreTimeout())
              + ": look at the disk of --work_dir, or at ZooKeeper",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      journal.close();
      throw new StartException("Interrupted while starting", e);
    }
  }

  /** The size of the registry's file, what waits to be merged into it included. */
  static OptionalLong bytes(MasterConfig config) {
    if (config.registry() != RegistryKind.sqlite || config.workDir().isEmpty()) {
      return OptionalLong.empty();
    }
    long bytes = 0;
    for (var suffix : List.of("", "-wal")) {
      // A file that is not there has no bytes.
      bytes += config.workDir().get().resolve(FILE + suffix).toFile().length();
    }
    return OptionalLong.of(bytes);
  }

  private static Journal<Write> journal(MasterConfig config, Optional<Nodes> nodes, Writer writer) {
    return switch (config.registry()) {
      case in_memory -> new InMemoryJournal();
      case zookeeper -> {
        try {
          yield ZooKeeperJournal.open(
              nodes.orElseThrow(),
              config.ha().zk().orElseThrow().path(),
              writer,
              config.cluster().orElse(""),
              config.ha().registryLimits(config.tuning().registryFetchTimeout()));
        } catch (StoreException e) {
          throw new StartException(e.getMessage(), e);
        }
      }
      case replicated_log -> throw new IllegalArgumentException("there is no such store");
      case sqlite -> {
        var directory =
            config
                .workDir()
                .orElseThrow(
                    () ->
                        new WrongFlagException(
                            "--work_dir",
                            "Expected a directory to keep the registry in, but got none; give one,"
                                + " or --registry=in_memory for a throw-away cluster"));
        try {
          yield SqliteJournal.open(directory.resolve(FILE), WAITING_BATCHES);
        } catch (StoreException e) {
          throw new StartException(e.getMessage(), e);
        }
      }
    };
  }
}
