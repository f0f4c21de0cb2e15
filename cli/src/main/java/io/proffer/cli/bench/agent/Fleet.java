package io.proffer.cli.bench.agent;

import io.proffer.api.resource.Resources;
import io.proffer.api.v1.AgentInfo;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** All simulated agents, spread over event loops. Its methods may be called from any thread. */
public final class Fleet implements AutoCloseable {
  private static final long SWEEP_MS = 2000;
  private static final int FIRST_PORT = 5051;

  /** Where the master is. */
  public record Place(String host, int port) {
    boolean isLoopback() {
      return host.startsWith("127.") || host.equals("localhost");
    }
  }

  /**
   * What agents there are.
   *
   * @param resources of each, in text form
   * @param taskDuration how long tasks run; empty for ever
   * @param perConnection how many share a connection for their streams; with 1 over HTTP/1.1, with
   *     more over HTTP/2
   * @param upConnections how many connections of each event loop carry records up
   */
  public record Plan(
      int agents,
      String resources,
      Optional<Duration> taskDuration,
      int perConnection,
      int upConnections) {}

  private final List<Lane> lanes = new ArrayList<>();
  private final List<List<SimAgent>> agents = new ArrayList<>();
  private final int size;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicReference<String> lastLoss = new AtomicReference<>("");
  private final AtomicReference<CompletableFuture<Void>> all =
      new AtomicReference<>(new CompletableFuture<>());

  public Fleet(List<Context> loops, Place master, Plan plan) {
    this.size = plan.agents();
    var resources = Resources.parse(plan.resources(), "*").messages();
    int perLoop = (plan.agents() + loops.size() - 1) / loops.size();
    for (int loop = 0; loop < loops.size(); loop++) {
      var lane =
          new Lane(
              loops.get(loop),
              master,
              new Lane.Size(perLoop, plan.perConnection(), plan.upConnections()),
              loop);
      var life = new Playing(lane, plan.taskDuration());
      var here = new ArrayList<SimAgent>();
      for (int i = loop; i < plan.agents(); i += loops.size()) {
        var info =
            AgentInfo.newBuilder()
                .setHostname("bench-" + i)
                .setPort(FIRST_PORT)
                .addAllResources(resources)
                .build();
        here.add(new SimAgent(lane, info, ip(i), life, new Count()));
      }
      lanes.add(lane);
      agents.add(here);
    }
  }

  /** Opens all sessions; done when each agent is registered. */
  public CompletableFuture<Void> start() {
    for (int i = 0; i < lanes.size(); i++) {
      var lane = lanes.get(i);
      var here = agents.get(i);
      lane.soon(
          () -> {
            here.forEach(SimAgent::open);
            lane.every(SWEEP_MS, () -> here.forEach(agent -> agent.sweep(System.nanoTime())));
          });
    }
    return all.get();
  }

  /** Done when, from now on, all have lost their sessions and are registered anew. */
  public CompletableFuture<Void> comeBack() {
    var returned = new CompletableFuture<Void>();
    all.set(returned);
    return returned;
  }

  /** Has all turn to another master, or to none as long as nobody leads. */
  public void turnTo(Optional<Place> master) {
    for (int i = 0; i < lanes.size(); i++) {
      var lane = lanes.get(i);
      var here = agents.get(i);
      lane.soon(
          () -> {
            lane.turnTo(master);
            here.forEach(SimAgent::turn);
          });
    }
  }

  /** How far they are, in words. */
  public String state() {
    var ended =
        lost.get() == 0
            ? ""
            : "; " + lost.get() + " sessions ended, the last one: " + lastLoss.get();
    return open.get() + " of " + size + " agents are registered" + ended;
  }

  @Override
  public void close() {
    for (int i = 0; i < lanes.size(); i++) {
      var here = agents.get(i);
      lanes.get(i).soon(() -> here.forEach(SimAgent::stop));
    }
  }

  /** Each its own: agents at the same address and port are the same agent to a master. */
  private static String ip(int number) {
    return "10.%d.%d.%d".formatted(number >> 16 & 255, number >> 8 & 255, number & 255);
  }

  private final class Count implements SimAgent.Watcher {
    @Override
    public void registered() {
      if (open.incrementAndGet() == size) {
        all.get().complete(null);
      }
    }

    @Override
    public void lost(String why) {
      open.decrementAndGet();
      lost.incrementAndGet();
      lastLoss.set(why);
    }
  }

  private static final class Playing implements SimTasks.Life {
    private final Lane lane;
    private final Optional<Duration> duration;
    private final Statuses statuses = new Statuses();

    Playing(Lane lane, Optional<Duration> duration) {
      this.lane = lane;
      this.duration = duration;
    }

    @Override
    public Optional<Duration> duration() {
      return duration;
    }

    @Override
    public void later(Duration delay, Runnable work) {
      lane.later(Math.max(1, delay.toMillis()), work);
    }

    @Override
    public Statuses statuses() {
      return statuses;
    }
  }
}
