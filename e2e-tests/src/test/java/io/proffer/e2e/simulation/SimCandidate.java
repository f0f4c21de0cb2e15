package io.proffer.e2e.simulation;

import io.proffer.api.http.Answer;
import io.proffer.api.v1.Address;
import io.proffer.api.v1.MasterInfo;
import io.proffer.kernel.Journal;
import io.proffer.kernel.StoreException;
import io.proffer.kernel.Write;
import io.proffer.master.core.state.CoreSettings;
import io.proffer.master.election.Lease;
import io.proffer.master.election.Standing;
import io.proffer.master.election.ZooKeeperElection;
import io.proffer.master.registry.Recovered;
import io.proffer.master.registry.Registry;
import io.proffer.master.registry.zookeeper.RegistryLimits;
import io.proffer.master.registry.zookeeper.Writer;
import io.proffer.master.registry.zookeeper.ZooKeeperJournal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * One of several masters: real election, real registry, and while it leads a term of its own.
 *
 * <pre>
 *   contends --elected--> registry opened, read, epoch written --> term --deposed--> contends
 * </pre>
 */
final class SimCandidate {
  static final String PATH = "/proffer";
  static final Duration SESSION = Duration.ofSeconds(10);

  /** So little that some batches are laid down in pieces. */
  private static final RegistryLimits LIMITS = new RegistryLimits(1_500, Duration.ofSeconds(20));

  /** Its lease is over, so nothing of what it decided may leave any more. */
  static final class Deposed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Deposed() {
      super("the lease is over");
    }
  }

  private final World world;
  private final SimNetwork network;
  private final SimZooKeeper zooKeeper;
  private final String host;
  private final CoreSettings settings;
  private final Duration pingTimeout;
  private final MasterWatch watch;
  private final Reigns reigns;
  private final SplittableRandom budgets;
  private Duration clockError = Duration.ZERO;
  private SimProcess process;
  private Life life;

  SimCandidate(
      World world,
      SimNetwork network,
      SimZooKeeper zooKeeper,
      String host,
      CoreSettings settings,
      Duration pingTimeout,
      MasterWatch watch,
      Reigns reigns) {
    this.world = world;
    this.network = network;
    this.zooKeeper = zooKeeper;
    this.host = host;
    this.settings = settings;
    this.pingTimeout = pingTimeout;
    this.watch = watch;
    this.reigns = reigns;
    this.budgets = world.chance("budgets of " + host);
  }

  String host() {
    return host;
  }

  MasterWatch watch() {
    return watch;
  }

  boolean alive() {
    return process != null && process.alive();
  }

  void start() {
    process = new SimProcess(world, host);
    process.clockError(clockError);
    life = new Life(process);
  }

  void kill() {
    process.kill();
  }

  SimProcess process() {
    return process;
  }

  /** The wall clock of its host is wrong by so much from now on. */
  void clockError(Duration error) {
    clockError = error;
    process.clockError(error);
  }

  /** Its session with ZooKeeper; 0 for none. */
  long session() {
    return alive() ? life.nodes.session() : 0;
  }

  /** Whether it leads, and can be asked. */
  boolean serves() {
    return alive() && life.election.standing() instanceof Standing.Leading && life.term.isPresent();
  }

  /** One life of the process. */
  private final class Life implements ZooKeeperElection.Candidate {
    private final SimProcess process;
    private final SimNodes nodes;
    private final ZooKeeperElection election;

    /** What is to be done, one after the other, each calling when it is through. */
    private final ArrayDeque<Consumer<Runnable>> orders = new ArrayDeque<>();

    private boolean busy;
    private Optional<SimTerm> term = Optional.empty();
    private Optional<Journal<Write>> journal = Optional.empty();

    Life(SimProcess process) {
      this.process = process;
      this.nodes = new SimNodes(process, zooKeeper, SESSION);
      this.election = new ZooKeeperElection(nodes, PATH, host + ":5050");
      var ids = SimLoop.ids(world.chance("masters of " + host + " at " + world.monotonicNanos()));
      network.listen(process, this::serve);
      election.contend(() -> info(ids.next().toString()), this);
    }

    @Override
    public void elected(MasterInfo info, Lease lease) {
      order(
          done -> {
            if (lease.holds()) {
              lead(info, lease, done);
            } else {
              done.run();
            }
          });
    }

    @Override
    public void deposed(String why) {
      world.trace().add(world.monotonicNanos(), host, "deposed: " + why);
      order(
          done -> {
            endTerm();
            done.run();
          });
    }

    private void order(Consumer<Runnable> work) {
      orders.add(work);
      process.run(this::next);
    }

    private void next() {
      if (!busy && !orders.isEmpty()) {
        busy = true;
        orders
            .poll()
            .accept(
                () -> {
                  busy = false;
                  process.run(this::next);
                });
      }
    }

    private void lead(MasterInfo info, Lease lease, Runnable done) {
      endTerm();
      inTime(
              ZooKeeperJournal.begin(
                  nodes, PATH, new Writer(info.getId(), lease::holds), "", LIMITS))
          .thenCompose(
              opened -> {
                journal = Optional.of(opened);
                return inTime(opened.read()).thenCompose(read -> crown(info, lease, opened, read));
              })
          .whenComplete(
              (crowned, failure) ->
                  process.run(
                      () -> {
                        if (failure != null) {
                          cannotLead(lease, failure);
                        }
                        done.run();
                      }));
    }

    private CompletionStage<Void> crown(
        MasterInfo info, Lease lease, Journal<Write> opened, List<Write> read) {
      var recovered = Recovered.from(read);
      var epoch = Math.max(recovered.epoch() + 1, process.clock().wall().toEpochMilli());
      return inTime(opened.append(List.of(Registry.epoch(epoch))))
          .thenAccept(written -> process.run(() -> begin(info, lease, opened, recovered, epoch)));
    }

    private void begin(
        MasterInfo info, Lease lease, Journal<Write> opened, Recovered recovered, long epoch) {
      if (!lease.holds()) {
        return; // Deposed while it read the registry; what to do then waits behind this.
      }
      world.trace().add(world.monotonicNanos(), host, "leads, epoch " + epoch);
      reigns.began(host, info.getId(), epoch, recovered);
      var begun =
          new SimTerm(
              new SimTerm.Parts(process, settings, pingTimeout, watch, budgets),
              new SimTerm.Store(opened, recovered, epoch, reigns::isStored),
              new SimTerm.Leader(
                  ids -> info,
                  () -> {
                    if (!lease.holds()) {
                      throw new Deposed();
                    }
                    reigns.speaks(host, info.getId());
                  },
                  cause -> election.resign(lease, String.valueOf(cause.getMessage()))));
      term = Optional.of(begun);
      begun.start();
    }

    /** One that leads and cannot ends; whoever looks after processes starts it again. */
    private void cannotLead(Lease lease, Throwable failure) {
      world.trace().add(world.monotonicNanos(), host, "cannot lead: " + failure);
      if (lease.holds()) {
        process.kill();
      } else {
        election.resign(lease, String.valueOf(failure.getMessage()));
      }
    }

    private void endTerm() {
      term.ifPresent(SimTerm::end);
      term = Optional.empty();
      // Not closed: that would wait. Nobody writes to it any more.
      journal = Optional.empty();
    }

    private <T> CompletionStage<T> inTime(CompletionStage<T> stage) {
      var outcome = new CompletableFuture<T>();
      stage.whenComplete(
          (value, failure) -> {
            if (failure == null) {
              outcome.complete(value);
            } else {
              outcome.completeExceptionally(failure);
            }
          });
      process.after(
          SimTerm.STORE_TIMEOUT,
          () -> outcome.completeExceptionally(new StoreException("ZooKeeper does not answer")));
      return outcome;
    }

    private void serve(SimExchange exchange) {
      switch (election.standing()) {
        case Standing.Following(var leader) ->
            exchange.answer(Answer.redirect("//" + leader + exchange.path()));
        case Standing.Leaderless() -> exchange.answer(Answer.unavailable("No leader elected", 1));
        case Standing.Leading() ->
            term.ifPresentOrElse(
                it -> it.serve(exchange),
                () -> exchange.answer(Answer.unavailable("Master has not finished recovery", 1)));
      }
    }
  }

  private MasterInfo info(String id) {
    return MasterInfo.newBuilder()
        .setId(id)
        .setIp(1)
        .setPort(5050)
        .setHostname(host)
        .setAddress(Address.newBuilder().setHostname(host).setIp(host).setPort(5050))
        .build();
  }
}
